use std::error::Error;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{self, HeaderValue};
use hyper::{Request, Uri};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::IDENTITY_HEADER;

type BoxError = Box<dyn Error + Send + Sync>;

const ATTEMPTS: u32 = 3;
const ATTEMPT_LIMIT: Duration = Duration::from_secs(1);
const PAUSE: Duration = Duration::from_millis(200);
const BODY_LIMIT: usize = 1024 * 1024;

/// Asks the ECS task metadata endpoint v4 which task definition this task runs.
///
/// `metadata` is the value of `ECS_CONTAINER_METADATA_URI_V4`. Up to three attempts of one second each.
///
/// What is found is kept until the process ends: ask once.
///
/// None outside ECS (`metadata` not given), silently. None too when ECS does not answer, which is said loudly: the API
/// goes on serving, and the release hook fails for want of proof.
pub async fn look_up(metadata: Option<&str>) -> Option<HeaderValue> {
    let metadata = metadata?;
    let mut reason = String::new();
    for attempt in 0..ATTEMPTS {
        sleep(PAUSE * attempt).await;
        match timeout(ATTEMPT_LIMIT, ask(metadata)).await {
            Ok(Ok(identity)) => return Some(identity),
            Ok(Err(error)) => reason = error.to_string(),
            Err(_) => reason = format!("no answer within {} s", ATTEMPT_LIMIT.as_secs()),
        }
    }
    tracing::error!(metadata, reason, "no identity: answers carry no {IDENTITY_HEADER}, so no release hook can pass");
    None
}

async fn ask(metadata: &str) -> Result<HeaderValue, BoxError> {
    let task: Value = serde_json::from_slice(&fetch(&format!("{metadata}/task").parse()?).await?)?;
    let field = |name: &str| task[name].as_str().ok_or_else(|| format!("the task metadata has no {name}"));
    let identity: &'static str = format!("{}:{}", field("Family")?, field("Revision")?).leak();
    // It stands in every answer until the process ends: what is static costs no counting of who still reads it.
    Ok(HeaderValue::from_maybe_shared(Bytes::from_static(identity.as_bytes()))?)
}

async fn fetch(uri: &Uri) -> Result<Bytes, BoxError> {
    let host = uri.host().ok_or("the URI has no host")?;
    let stream = TcpStream::connect(address(host, uri)?).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let authority = uri.authority().map_or(host, |authority| authority.as_str());
    let request = Request::get(path).header(header::HOST, authority).body(Empty::<Bytes>::new())?;
    let response = sender.send_request(request).await?;
    if !response.status().is_success() {
        return Err(format!("status {}", response.status()).into());
    }
    Ok(Limited::new(response.into_body(), BODY_LIMIT).collect().await?.to_bytes())
}

/// ECS gives an address, never a name: a static binary in an empty image has nothing to resolve names with.
fn address(host: &str, uri: &Uri) -> Result<SocketAddr, BoxError> {
    let ip: IpAddr = host.trim_matches(['[', ']']).parse().map_err(|_| format!("{host} is no IP address"))?;
    Ok(SocketAddr::new(ip, uri.port_u16().unwrap_or(80)))
}
