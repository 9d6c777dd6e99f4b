use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::{Body, HttpBody};
use axum::http::{HeaderValue, Request, Response, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower::Service;

/// What answers: an axum `Router`, with or without layers around it.
pub trait Application:
    Service<Request<Body>, Response = Response<Body>, Error = Infallible, Future: Send> + Clone + Send + 'static
{
}

impl<S> Application for S where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible, Future: Send> + Clone + Send + 'static
{
}

/// The open connections, each a task of its own.
pub(crate) struct Connections<A> {
    app: A,
    tasks: JoinSet<()>,
    stopping: Arc<AtomicBool>,
    idle: watch::Sender<()>,
}

impl<A: Application> Connections<A> {
    pub fn new(app: A) -> Self {
        Self { app, tasks: JoinSet::new(), stopping: Arc::default(), idle: watch::Sender::new(()) }
    }

    pub fn open(&mut self, stream: TcpStream) {
        self.tasks.spawn(answer(stream, self.app.clone(), Arc::clone(&self.stopping), self.idle.subscribe()));
    }

    /// Ends when a connection has; never while there is none.
    pub async fn closed(&mut self) {
        if self.tasks.join_next().await.is_none() {
            std::future::pending::<()>().await;
        }
    }

    /// Ends when all connections have.
    pub async fn ended(&mut self) {
        while self.tasks.join_next().await.is_some() {}
    }

    pub fn close_after_next_answer(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Closes those that wait for a request; the others go on to their answer.
    pub fn close_when_idle(&self) {
        self.idle.send_replace(());
    }
}

/// hyper alone, not `axum::serve`: that would close a keep-alive connection whose next request has arrived unread.
async fn answer(stream: TcpStream, app: impl Application, stopping: Arc<AtomicBool>, mut idle: watch::Receiver<()>) {
    drop(stream.set_nodelay(true));
    let stopping = &*stopping;
    let service = service_fn(move |request| {
        let mut app = app.clone();
        async move {
            poll_fn(|context| app.poll_ready(context)).await?;
            let mut response = app.call(boxed(request)).await?;
            if stopping.load(Ordering::Relaxed) {
                response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            Ok::<_, Infallible>(response)
        }
    });
    // Answers are small: one buffer costs less than a list of them.
    let connection = http1::Builder::new().writev(false).serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    tokio::select! {
        biased;
        _ = connection.as_mut() => return,
        _ = idle.changed() => connection.as_mut().graceful_shutdown(),
    }
    drop(connection.await);
}

/// A box for the body only where there is a body.
fn boxed(request: Request<Incoming>) -> Request<Body> {
    request.map(|body| if body.is_end_stream() { Body::empty() } else { Body::new(body) })
}
