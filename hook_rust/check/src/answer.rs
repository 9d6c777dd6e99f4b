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

impl Answer {
    /// One of whose body nothing has come yet.
    pub fn begin(status: u16, headers: HeaderMap) -> Self {
        Self { status, headers, body: Vec::new(), truncated: false }
    }

    /// Takes the next part of the body, as far as there is room.
    pub fn take(&mut self, data: &[u8]) {
        let room = BODY_LIMIT - self.body.len();
        self.body.extend_from_slice(&data[..data.len().min(room)]);
        self.truncated = data.len() > room;
    }
}
