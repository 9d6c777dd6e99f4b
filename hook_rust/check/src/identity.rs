use hyper::HeaderMap;
use tokio::sync::watch;

use crate::excerpt::excerpt;
use crate::failure::{Failure, FailureKind};

/// Header in which the API names the task definition that it runs as, `<family>:<revision>`.
pub const IDENTITY_HEADER: &str = "x-task-definition";

/// Which revision must answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// Any revision may answer.
    NotAsked,
    /// `<family>:<revision>` of the revision under deployment.
    Expected(String),
    /// It could not be found out, with the reason in words: no route can pass.
    Unknown(String),
}

/// Waits until it is known which revision must answer. A look-up that broke leaves its channel closed.
pub(crate) async fn settled(channel: &mut watch::Receiver<Option<Identity>>) -> Identity {
    let known = channel.wait_for(Option::is_some).await.ok().and_then(|identity| identity.clone());
    known.unwrap_or_else(|| Identity::Unknown("the look-up of the revision under deployment broke off".to_owned()))
}

/// The revision that an answer names, when it names one.
pub(crate) fn named(headers: &HeaderMap) -> Option<String> {
    let names: Vec<_> = headers.get_all(IDENTITY_HEADER).iter().map(|name| name.to_str().unwrap_or("?")).collect();
    (!names.is_empty()).then(|| excerpt(&names.join(", ")))
}

/// Passes when the answer carries exactly the expected revision, exactly once.
pub(crate) fn prove(identity: &Identity, headers: &HeaderMap) -> Result<(), Failure> {
    match identity {
        Identity::NotAsked => Ok(()),
        Identity::Unknown(why) => {
            Err(Failure::new(FailureKind::IdentityUnknown, "a known revision", "none").because(why.clone()))
        }
        Identity::Expected(revision) => compare(revision, headers),
    }
}

fn compare(revision: &str, headers: &HeaderMap) -> Result<(), Failure> {
    let expected = format!("an answer by {revision}");
    let count = headers.get_all(IDENTITY_HEADER).iter().count();
    match named(headers) {
        None => {
            let reason = format!("the answer has no {IDENTITY_HEADER} header, but {revision} is under deployment");
            Err(Failure::new(FailureKind::IdentityMissing, expected, "no such header").because(reason))
        }
        Some(names) if count > 1 => {
            let reason = format!("the answer has {count} {IDENTITY_HEADER} headers ({names}), so it proves nothing");
            Err(Failure::new(FailureKind::IdentityMissing, expected, names).because(reason))
        }
        Some(_) if headers.get(IDENTITY_HEADER).is_some_and(|name| name == revision) => Ok(()),
        Some(name) => {
            let reason = format!("answered by {name}, but {revision} is under deployment");
            Err(Failure::new(FailureKind::IdentityMismatch, expected, name).because(reason))
        }
    }
}
