//! An HTTP API of API Gateway.

use std::rc::Rc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::{Request, Response, StatusCode, Version};

use crate::client::Client;
use crate::exchange::{Failure, Patience, Terms, exchange};
use crate::forwarded::{self, end_of_connection, prepare};
use crate::page::message;
use crate::relay::Reply;
use crate::route::Pattern;
use crate::target::Target;

/// A listener that is started anew is waited for: AWS's have no such moment.
const ABSENT: Duration = Duration::from_secs(1);
/// Less than the shortest idle timeout of a load balancer.
const KEPT: Duration = Duration::from_millis(500);

/// The routes by rank, best first.
pub struct HttpApi {
    pub routes: Vec<(Pattern, Integration)>,
}

pub enum Integration {
    /// To a listener, which has to begin its answer within the time.
    Listener(Rc<Target>, Duration),
    Nowhere,
    /// To a listener that is not there.
    Gone,
    /// Nobody can prove here who they are.
    Closed,
}

impl HttpApi {
    pub async fn answer(&self, request: Request<Incoming>, client: &Client) -> Response<Reply> {
        let (method, path) = (request.method().as_str(), request.uri().path());
        let route = self.routes.iter().find(|(pattern, _)| pattern.takes(method, path));
        match route.map(|(_, integration)| integration) {
            None => message(StatusCode::NOT_FOUND, "Not Found"),
            Some(Integration::Closed) => message(StatusCode::UNAUTHORIZED, "Unauthorized"),
            Some(Integration::Nowhere) => message(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error"),
            Some(Integration::Gone) => unavailable(),
            Some(Integration::Listener(listener, limit)) => pass(listener, *limit, request, client).await,
        }
    }
}

async fn pass(listener: &Rc<Target>, limit: Duration, request: Request<Incoming>, client: &Client) -> Response<Reply> {
    let (mut head, body) = request.into_parts();
    prepare(&mut head, client);
    head.headers.insert(forwarded::FOR, client.name.clone());
    let terms = Terms { patience: Patience::Whole(limit), again: ABSENT, kept: KEPT };
    match exchange(listener, Request::from_parts(head, body), terms).await {
        Ok((mut response, lease)) => {
            *response.version_mut() = Version::HTTP_11;
            end_of_connection(response.headers_mut());
            response.map(|body| Reply::relayed(body, lease))
        }
        Err(Failure::Late) => message(StatusCode::GATEWAY_TIMEOUT, "Endpoint request timed out"),
        Err(Failure::Unsent | Failure::Gone) => message(StatusCode::REQUEST_TIMEOUT, "Request Timeout"),
        Err(Failure::Refused | Failure::Lost) => unavailable(),
    }
}

fn unavailable() -> Response<Reply> {
    message(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable")
}
