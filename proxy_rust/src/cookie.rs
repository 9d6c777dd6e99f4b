//! The cookies by which visitors stay: with a target group (AWSALBTG), and within it with a target (AWSALB).

use std::hash::{DefaultHasher, Hash, Hasher};

use hyper::HeaderMap;
use hyper::header::{COOKIE, HeaderValue, SET_COOKIE};

pub const GROUP: &str = "AWSALBTG";
pub const TARGET: &str = "AWSALB";

/// What a cookie says of somebody; the same in every process, so that a proxy started anew knows its visitors.
pub fn token(of: &impl Hash) -> String {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// What a visitor brings as the cookie `name`.
pub fn brought<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// Sets a cookie anew, as an ALB does with each answer, and its twin for pages of other origins.
pub fn set(headers: &mut HeaderMap, name: &str, value: &str, seconds: u64) {
    let same = format!("{name}={value}; Max-Age={seconds}; Path=/");
    let cross = format!("{name}CORS={value}; Max-Age={seconds}; Path=/; SameSite=None; Secure");
    for line in [same, cross] {
        if let Ok(line) = HeaderValue::from_str(&line) {
            headers.append(SET_COOKIE, line);
        }
    }
}

#[cfg(test)]
mod tests {
    use hyper::HeaderMap;
    use hyper::header::{COOKIE, HeaderValue};

    use super::brought;

    #[test]
    fn a_cookie_is_found_by_its_whole_name_in_any_line() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("AWSALBTG=group; a=b"));
        headers.append(COOKIE, HeaderValue::from_static("AWSALB=target"));
        assert_eq!(brought(&headers, "AWSALB"), Some("target"));
        assert_eq!(brought(&headers, "AWSALBTG"), Some("group"));
        assert_eq!(brought(&headers, "AWS"), None);
    }
}
