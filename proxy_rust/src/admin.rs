//! How the loopback steers the proxy: HTTP over a unix socket.
//!
//! `POST /network` takes a description of everything that is to be served, `POST /cut` a list of targets whose requests
//! are to end. Both answer 200 once it is so; 400 with the reason in words, and all is as it was.

use std::convert::Infallible;
use std::path::Path;
use std::rc::Rc;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde::de::DeserializeOwned;
use tokio::net::UnixListener;
use tokio::task::spawn_local;

use crate::apply::Serving;
use crate::connection::refused;

/// # Errors
/// When nothing can listen at `path`.
pub async fn listen(path: &Path, serving: Rc<Serving>) -> std::io::Result<()> {
    let listener = UnixListener::bind(path)?;
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                refused(&error).await;
                continue;
            }
        };
        let serving = Rc::clone(&serving);
        spawn_local(async move {
            let service = service_fn(async |request| Ok::<_, Infallible>(answer(&serving, request).await));
            // Whoever asks sees for himself when the answer does not come.
            let _ = Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn answer(serving: &Serving, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let (status, words) = match act(serving, request).await {
        Ok(()) => (StatusCode::OK, String::new()),
        Err(words) => (StatusCode::BAD_REQUEST, words),
    };
    let mut response = Response::new(Full::from(words));
    *response.status_mut() = status;
    response
}

async fn act(serving: &Serving, request: Request<Incoming>) -> Result<(), String> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(|error| error.to_string())?.to_bytes();
    match (head.method, head.uri.path()) {
        (Method::POST, "/network") => serving.apply(read(&body)?).await,
        (Method::POST, "/cut") => {
            serving.cut(&read::<Vec<_>>(&body)?);
            Ok(())
        }
        (method, path) => Err(format!("no {method} {path}: POST /network and POST /cut are all there is")),
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|error| error.to_string())
}
