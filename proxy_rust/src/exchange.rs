//! One request to a target, and its answer.

use std::pin::{Pin, pin};
use std::rc::Rc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use hyper::{Request, Response};
use tokio::time::{Instant, sleep, timeout};

use crate::activity::Activity;
use crate::relay::{Progress, Upload};
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

/// What holds for every request of a listener or a route.
#[derive(Clone, Copy)]
pub struct Terms {
    pub patience: Patience,
    /// A target that refuses connections is asked again for so long.
    pub again: Duration,
    /// A connection that was silent for so long carries no other request: its other end may be about to close it.
    pub kept: Duration,
}

/// Why there is no answer.
#[derive(Debug, PartialEq)]
pub enum Failure {
    /// The target takes no connection.
    Refused,
    /// The target took the request, and closed the connection or answered what is not HTTP.
    Lost,
    /// The target does not answer in time, or take the request.
    Late,
    /// The client does not send all of its request in time.
    Unsent,
    /// The client has gone before it had sent all of its request.
    Gone,
}

/// Sends `request` to `target`.
///
/// A request goes out a second time only when it can be known that the target has seen nothing of it.
///
/// # Errors
/// Why there is no answer.
pub async fn exchange(
    target: &Rc<Target>,
    request: Request<Incoming>,
    terms: Terms,
) -> Result<(Response<Incoming>, Lease), Failure> {
    let mut request = request.map(Upload::new);
    let progress = request.body().progress();
    loop {
        let mut lease = match target.kept(terms.kept) {
            Some(lease) => lease,
            None => connect(target, terms.again).await?,
        };
        let activity = lease.connection.activity.clone();
        activity.touch();
        let answer = pin!(lease.connection.sender.try_send_request(request));
        match within(terms.patience, &activity, answer).await {
            Some(Ok(response)) => return Ok((response, lease)),
            Some(Err(mut error)) => match error.take_message() {
                Some(unseen) if lease.kept => request = unseen,
                _ if progress.get() == Progress::Broken => return Err(Failure::Gone),
                _ => return Err(Failure::Lost),
            },
            None if progress.get() == Progress::Waiting => return Err(Failure::Unsent),
            None => return Err(Failure::Late),
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
