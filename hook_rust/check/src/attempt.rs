use std::error::Error;

use http_body_util::{BodyExt, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::{Request, Response, header};
use hyper_util::rt::TokioIo;
use tokio::task::JoinSet;

use crate::answer::Answer;
use crate::base_url::BaseUrl;
use crate::check_list::Check;
use crate::connection::{Stream, connect};
use crate::failure::Failure;
use crate::progress::{Progress, Stage};

/// Asks once, over a connection of its own: a kept one would stay with the target that answered before a listener moved.
pub(crate) async fn attempt(base: &BaseUrl, check: &Check, progress: &Progress) -> Result<Answer, Failure> {
    let no_answer = |got: String| Failure::no_answer(check.status, got);
    let request = request(base, check).map_err(no_answer)?;
    let stream = connect(base, progress).await.map_err(no_answer)?;
    progress.reach(Stage::Asking);
    exchange(stream, request, progress).await.map_err(|error| no_answer(words(&error)))
}

fn request(base: &BaseUrl, check: &Check) -> Result<Request<Empty<Bytes>>, String> {
    Request::builder()
        .method(check.method.clone())
        .uri(base.path(&check.path))
        .header(header::HOST, base.authority())
        .header(header::USER_AGENT, concat!("route-check/", env!("CARGO_PKG_VERSION")))
        .header(header::ACCEPT, "*/*")
        .header(header::CONNECTION, "close")
        .body(Empty::new())
        .map_err(|error| format!("no request: {error}"))
}

async fn exchange(
    stream: Box<dyn Stream>,
    request: Request<Empty<Bytes>>,
    progress: &Progress,
) -> hyper::Result<Answer> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // Dropping the set ends the connection, whichever way this attempt ends.
    let mut driver = JoinSet::new();
    driver.spawn(connection);
    read(sender.send_request(request).await?, progress).await
}

async fn read(response: Response<Incoming>, progress: &Progress) -> hyper::Result<Answer> {
    let (parts, mut incoming) = response.into_parts();
    let mut answer = Answer::begin(parts.status.as_u16(), parts.headers);
    while !answer.truncated {
        progress.reach(Stage::Reading { status: answer.status, bytes: answer.body.len() });
        let Some(frame) = incoming.frame().await else { break };
        let Ok(data) = frame?.into_data() else { continue };
        answer.take(&data);
    }
    Ok(answer)
}

fn words(error: &hyper::Error) -> String {
    let cause = cause(error);
    if error.is_parse() {
        return format!("no HTTP answer: {cause} (a TLS port?)");
    }
    format!("no whole answer: {cause}")
}

/// The innermost error: the outer ones only say that hyper failed.
fn cause(error: &hyper::Error) -> String {
    let mut innermost: &dyn Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
