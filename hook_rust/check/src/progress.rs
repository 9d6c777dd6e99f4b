use std::sync::{Mutex, PoisonError};

/// How far an attempt has come, so that one that is cut off can say what it waited for.
#[derive(Debug, Default)]
pub(crate) struct Progress(Mutex<Stage>);

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    #[default]
    Resolving,
    Connecting,
    ShakingHands,
    Asking,
    /// The head of the answer is here, and so many bytes of the body.
    Reading {
        status: u16,
        bytes: usize,
    },
}

impl Progress {
    pub fn reach(&self, stage: Stage) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = stage;
    }

    /// What did not come within so many milliseconds.
    pub fn missing(&self, milliseconds: u128) -> String {
        let stage = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match stage {
            Stage::Resolving => format!("no address of the host within {milliseconds} ms"),
            Stage::Connecting => format!("no connection within {milliseconds} ms"),
            Stage::ShakingHands => format!("no TLS handshake within {milliseconds} ms"),
            Stage::Asking => format!("no answer within {milliseconds} ms"),
            Stage::Reading { status, bytes } => {
                format!("status {status}, but no end of the body within {milliseconds} ms ({bytes} bytes came)")
            }
        }
    }
}
