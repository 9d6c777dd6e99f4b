use hyper::HeaderMap;

/// Most bytes of a body that are read; what follows is never looked at.
pub(crate) const BODY_LIMIT: usize = 64 * 1024;

/// What a route answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    /// The body went on after [`BODY_LIMIT`].
    pub truncated: bool,
}

/// A text short enough for a reason, with its end marked when something is missing.
pub(crate) fn excerpt(text: &str) -> String {
    const LIMIT: usize = 200;
    if text.chars().count() <= LIMIT {
        return text.to_owned();
    }
    let start: String = text.chars().take(LIMIT).collect();
    format!("{start}…")
}
