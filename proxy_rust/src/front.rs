use std::time::Duration;

use hyper::body::Incoming;
use hyper::{Request, Response};

use crate::balancer::Balancer;
use crate::client::Client;
use crate::http_api::HttpApi;
use crate::relay::Reply;

/// For so long an HTTP API keeps a connection on which nothing is asked.
const API_IDLE: Duration = Duration::from_mins(5);

/// What is behind an address.
pub enum Front {
    Balancer(Balancer),
    Api(HttpApi),
}

impl Front {
    pub async fn answer(&self, request: Request<Incoming>, client: &Client) -> Response<Reply> {
        match self {
            Self::Balancer(balancer) => balancer.answer(request, client).await,
            Self::Api(api) => api.answer(request, client).await,
        }
    }

    /// After so long without a byte a connection is closed.
    pub fn idle(&self) -> Duration {
        match self {
            Self::Balancer(balancer) => balancer.idle,
            Self::Api(_) => API_IDLE,
        }
    }
}
