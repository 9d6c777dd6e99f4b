use std::time::Duration;

use hyper::body::Incoming;
use hyper::{Request, Response};

use crate::client::Client;
use crate::http_api::HttpApi;
use crate::listener::Listener;
use crate::relay::Reply;

/// For so long an HTTP API keeps a connection on which nothing is asked.
const API_IDLE: Duration = Duration::from_mins(5);

/// What is behind an address.
pub enum Front {
    Listener(Listener),
    Api(HttpApi),
}

impl Front {
    pub async fn answer(&self, request: Request<Incoming>, client: &Client) -> Response<Reply> {
        match self {
            Self::Listener(listener) => listener.answer(request, client).await,
            Self::Api(api) => api.answer(request, client).await,
        }
    }

    /// After so long without a byte a connection is closed.
    pub fn idle(&self) -> Duration {
        match self {
            Self::Listener(listener) => listener.idle,
            Self::Api(_) => API_IDLE,
        }
    }
}
