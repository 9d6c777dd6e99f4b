//! X-Amzn-Trace-Id (ELB user guide, "Request tracing for your Application Load Balancer").

use std::fmt::Write;
use std::hash::{BuildHasher, RandomState};
use std::time::{SystemTime, UNIX_EPOCH};

use hyper::HeaderMap;
use hyper::header::{HeaderName, HeaderValue};

pub const TRACE: HeaderName = HeaderName::from_static("x-amzn-trace-id");

/// Gives each request its id: a request without a root gets one; one that has a root keeps it and gets `Self` before it.
pub fn extend(headers: &mut HeaderMap, ids: &RandomState, number: u64) {
    let mut new = String::with_capacity(48);
    let sent = headers.get(TRACE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let rooted = sent.split(';').any(|field| field.starts_with("Root="));
    new.push_str(if rooted { "Self=" } else { "Root=" });
    write_id(&mut new, ids, number);
    for field in sent.split(';').filter(|field| !(field.is_empty() || rooted && field.starts_with("Self="))) {
        new.push(';');
        new.push_str(field);
    }
    if let Ok(value) = HeaderValue::from_str(&new) {
        headers.insert(TRACE, value);
    }
}

/// `1-`, the time in 8 and a random number in 24 hexadecimal digits.
fn write_id(to: &mut String, ids: &RandomState, number: u64) {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let (low, high) = (ids.hash_one(number), ids.hash_one(!number) >> 32);
    let _ = write!(to, "1-{seconds:08x}-{high:08x}{low:016x}");
}

#[cfg(test)]
mod tests {
    use std::hash::RandomState;

    use hyper::HeaderMap;
    use hyper::header::HeaderValue;

    use super::{TRACE, extend};

    fn told(sent: Option<&'static str>) -> String {
        let mut headers = HeaderMap::new();
        if let Some(sent) = sent {
            headers.insert(TRACE, HeaderValue::from_static(sent));
        }
        extend(&mut headers, &RandomState::new(), 7);
        let value = headers.get(TRACE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        // An id is 35 characters of no interest here.
        format!("{}…{}", &value[..5], &value[40..])
    }

    #[test]
    fn an_id_that_a_request_brings_is_kept_and_extended() {
        assert_eq!(told(None), "Root=…");
        assert_eq!(told(Some("Lineage=a")), "Root=…;Lineage=a");
        assert_eq!(told(Some("Root=1-1-2;Sampled=1")), "Self=…;Root=1-1-2;Sampled=1");
        assert_eq!(told(Some("Self=1-1-2;Root=1-1-3")), "Self=…;Root=1-1-3");
    }
}
