//! One request to a target, and its answer.

use std::pin::{Pin, pin};
use std::rc::Rc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use hyper::{Request, Response};
use tokio::time::{Instant, sleep, timeout};

use crate::activity::Activity;
use crate::relay::Upload;
use crate::target::{Lease, Target};

/// ELB user guide: 504 when no connection is established within 10 seconds.
const CONNECT: Duration = Duration::from_secs(10);
/// Between two attempts to reach somebody who is said to come back.
const AGAIN: Duration = Duration::from_millis(2);

/// How long an answer may take to begin.
#[derive(Clone, Copy)]
pub enum Patience {
    /// As long as the connection to the target is not silent for so long.
    Silent(Duration),
    Whole(Duration),
}

/// Why there is no answer.
#[derive(Debug, PartialEq)]
pub enum Failure {
    /// The target takes no connection.
    Refused,
    /// The target took the request, and closed the connection or answered what is not HTTP.
    Lost,
    /// The target does not answer in time.
    Late,
    /// The client does not send all of its request.
    Unsent,
}

/// Sends `request` to `target`; whoever refuses connections is asked again for as long as `again`.
///
/// A request goes out a second time only when it can be known that the target has seen nothing of it.
///
/// # Errors
/// Why there is no answer.
pub async fn exchange(
    target: &Rc<Target>,
    request: Request<Incoming>,
    patience: Patience,
    again: Duration,
) -> Result<(Response<Incoming>, Lease), Failure> {
    let mut request = request.map(Upload::new);
    let done = request.body().done();
    loop {
        let mut lease = match target.kept() {
            Some(lease) => lease,
            None => connect(target, again).await?,
        };
        let activity = lease.connection.activity.clone();
        activity.touch();
        let answer = pin!(lease.connection.sender.try_send_request(request));
        match within(patience, &activity, answer).await {
            Some(Ok(response)) => return Ok((response, lease)),
            Some(Err(mut error)) => match error.take_message() {
                Some(unseen) if lease.kept => request = unseen,
                _ => return Err(Failure::Lost),
            },
            None if done.get() => return Err(Failure::Late),
            None => return Err(Failure::Unsent),
        }
    }
}

async fn connect(target: &Rc<Target>, again: Duration) -> Result<Lease, Failure> {
    let given_up = Instant::now() + again;
    loop {
        match timeout(CONNECT, target.connect()).await {
            Ok(Ok(lease)) => return Ok(lease),
            Ok(Err(_)) if Instant::now() < given_up => sleep(AGAIN).await,
            Ok(Err(_)) => return Err(Failure::Refused),
            Err(_) => return Err(Failure::Late),
        }
    }
}

type Sent = Result<Response<Incoming>, TrySendError<Request<Upload>>>;

/// Returns the answer; none when patience is over.
async fn within(patience: Patience, activity: &Activity, answer: Pin<&mut impl Future<Output = Sent>>) -> Option<Sent> {
    match patience {
        Patience::Whole(limit) => timeout(limit, answer).await.ok(),
        Patience::Silent(limit) => tokio::select! {
            biased;
            sent = answer => Some(sent),
            () = activity.quiet(|| limit) => None,
        },
    }
}
