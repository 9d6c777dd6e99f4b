//! What is answered without a target.

use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue, LOCATION, SERVER};
use hyper::{Response, StatusCode};

use crate::exchange::Failure;
use crate::record::GONE;
use crate::relay::Reply;

const LOAD_BALANCER: HeaderValue = HeaderValue::from_static("awselb/2.0");

/// A load balancer's own page.
pub fn page(status: StatusCode) -> Response<Reply> {
    let title = format!("{} {}", status.as_str(), words(status)).trim_end().to_owned();
    let body = format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n\
         <center><h1>{title}</h1></center>\r\n</body>\r\n</html>\r\n"
    );
    by_load_balancer(status, &[(CONTENT_TYPE, "text/html")], body)
}

pub fn fixed(status: StatusCode, content_type: &str, body: &str) -> Response<Reply> {
    by_load_balancer(status, &[(CONTENT_TYPE, content_type)], body.to_owned())
}

pub fn redirect(status: StatusCode, location: &str) -> Response<Reply> {
    let mut response = page(status);
    if let Ok(location) = HeaderValue::from_str(location) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

/// What a load balancer answers when a target did not (ELB user guide, "Troubleshoot your Application Load Balancers").
pub fn status_of(failure: &Failure) -> StatusCode {
    match failure {
        Failure::Gone => StatusCode::from_u16(GONE).unwrap_or(StatusCode::REQUEST_TIMEOUT),
        Failure::Refused | Failure::Lost => StatusCode::BAD_GATEWAY,
        Failure::Late => StatusCode::GATEWAY_TIMEOUT,
        Failure::Unsent => StatusCode::REQUEST_TIMEOUT,
    }
}

/// An HTTP API's own answer.
pub fn message(status: StatusCode, words: &str) -> Response<Reply> {
    let mut response = Response::new(Reply::own(format!(r#"{{"message":"{words}"}}"#)));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn by_load_balancer(status: StatusCode, told: &[(HeaderName, &str)], body: String) -> Response<Reply> {
    let mut response = Response::new(Reply::own(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(SERVER, LOAD_BALANCER);
    for (name, value) in told {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    response
}

fn words(status: StatusCode) -> &'static str {
    match status {
        StatusCode::SERVICE_UNAVAILABLE => "Service Temporarily Unavailable",
        StatusCode::GATEWAY_TIMEOUT => "Gateway Time-out",
        other => other.canonical_reason().unwrap_or_default(),
    }
}
