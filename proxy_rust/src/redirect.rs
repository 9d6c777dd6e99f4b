use hyper::http::request::Parts;

use crate::condition::host;

/// Where a redirect leads: the `#{…}` words of the ELB API filled in from what was asked for.
pub fn location(template: &str, request: &Parts, port: u16) -> String {
    let path = request.uri.path().strip_prefix('/').unwrap_or_default();
    let filled = template
        .replace("#{protocol}", "http")
        .replace("#{host}", host(request))
        .replace("#{port}", &port.to_string())
        .replace("#{path}", path)
        .replace("#{query}", request.uri.query().unwrap_or_default());
    filled.strip_suffix('?').map(ToOwned::to_owned).unwrap_or(filled)
}

#[cfg(test)]
mod tests {
    use hyper::Request;

    use super::location;

    fn led(template: &str, path: &str) -> String {
        let request = Request::builder().uri(path).header("Host", "api.example.com:8000").body(());
        location(template, &request.unwrap().into_parts().0, 8000)
    }

    #[test]
    fn a_redirect_fills_in_what_the_client_asked_for() {
        let same = "#{protocol}://#{host}:#{port}/#{path}?#{query}";
        assert_eq!(led(same, "/one/two?a=1"), "http://api.example.com:8000/one/two?a=1");
        assert_eq!(led(same, "/"), "http://api.example.com:8000/");
        assert_eq!(led("https://#{host}:443/new/#{path}", "/one?a=1"), "https://api.example.com:443/new/one");
    }
}
