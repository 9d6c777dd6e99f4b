//! Names the ECS task definition in every answer, so that the release hook can prove which revision it tested.
//!
//! In front of any service that answers HTTP, here an axum application:
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! use axum::{Router, routing::get};
//!
//! let metadata = std::env::var("ECS_CONTAINER_METADATA_URI_V4").ok();
//! let identity = task_identity::look_up(metadata.as_deref()).await;
//! let app: Router = Router::new().route("/", get(|| async { "hello" })).layer(task_identity::layer(identity));
//! # drop(app);
//! # }
//! ```
//!
//! axum's `layer` covers the routes and fallbacks that stand before it: put it last.

mod layer;
mod metadata;

pub use layer::{IDENTITY_HEADER, IdentityLayer, layer};
pub use metadata::look_up;
