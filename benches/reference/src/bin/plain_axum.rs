//! axum as its documentation shows it: the same routes as the API, JSON written for each request, on one thread.

use axum::routing::get;
use axum::serve::ListenerExt;
use axum::{Json, Router};
use reference_servers::{BoxError, listen_address};
use serde_json::{Value, json};
use tokio::net::TcpListener;

async fn health() -> Json<Value> {
    Json(json!({"status": "ok"}))
}

fn keyed(route: &'static str) -> axum::routing::MethodRouter {
    get(move || async move { Json(json!({"key": format!("{route} from Green")})) })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), BoxError> {
    let app = Router::new()
        .route("/", keyed("route_root"))
        .route("/one", keyed("route_one"))
        .route("/two", keyed("route_two"))
        .route("/three", keyed("route_three"))
        .route("/health", get(health));
    let listener = TcpListener::bind(listen_address()?).await?.tap_io(|stream| drop(stream.set_nodelay(true)));
    axum::serve(listener, app).await?;
    Ok(())
}
