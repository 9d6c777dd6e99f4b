use std::error::Error;

use http_body_util::{BodyExt, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::{Request, Response, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::answer::{Answer, BODY_LIMIT};
use crate::base_url::BaseUrl;
use crate::check_list::Check;
use crate::failure::Failure;

/// Asks once, over a connection of its own: a kept one would stay with the target that answered before a listener moved.
pub(crate) async fn attempt(base: &BaseUrl, check: &Check) -> Result<Answer, Failure> {
    let no_answer = |got: String| Failure::no_answer(check.status, got);
    let address = (base.resolvable_host(), base.port);
    let stream = TcpStream::connect(address).await.map_err(|error| no_answer(format!("no connection: {error}")))?;
    let exchange = exchange(stream, request(base, check).map_err(no_answer)?);
    exchange.await.map_err(|error| no_answer(format!("no whole answer: {}", cause(&error))))
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

async fn exchange(stream: TcpStream, request: Request<Empty<Bytes>>) -> hyper::Result<Answer> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // Dropping the set ends the connection, whichever way this attempt ends.
    let mut driver = JoinSet::new();
    driver.spawn(connection);
    read(sender.send_request(request).await?).await
}

async fn read(response: Response<Incoming>) -> hyper::Result<Answer> {
    let (parts, mut incoming) = response.into_parts();
    let mut answer =
        Answer { status: parts.status.as_u16(), headers: parts.headers, body: Vec::new(), truncated: false };
    while let Some(frame) = incoming.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        let room = BODY_LIMIT - answer.body.len();
        answer.body.extend_from_slice(&data[..data.len().min(room)]);
        if data.len() > room {
            answer.truncated = true;
            break;
        }
    }
    Ok(answer)
}

/// The innermost error: the outer ones only say that hyper failed.
fn cause(error: &hyper::Error) -> String {
    let mut innermost: &dyn Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
