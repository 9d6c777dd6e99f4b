use hyper::{HeaderMap, Response};

use crate::answer::Answer;
use crate::check_list::Check;
use crate::expectations;
use crate::identity::{self, Identity};

impl Check {
    /// Judges an answer that came some other way than by asking: its status, header and body, and not its identity.
    ///
    /// # Errors
    /// What was expected and what came, in words.
    pub fn judge(&self, response: Response<Vec<u8>>) -> Result<(), String> {
        let (parts, body) = response.into_parts();
        let mut answer = Answer::begin(parts.status.as_u16(), parts.headers);
        answer.take(&body);
        expectations::judge(&answer, self).map_err(|failure| failure.reason)
    }
}

impl Identity {
    /// Whether headers prove that the expected revision answered: they must carry its name exactly once.
    ///
    /// # Errors
    /// What they carry in its place, in words.
    pub fn prove(&self, headers: &HeaderMap) -> Result<(), String> {
        identity::prove(self, headers).map_err(|failure| failure.reason)
    }
}
