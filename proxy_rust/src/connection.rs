//! Connections that come.

use std::cell::{Cell, RefCell};
use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch::Receiver;
use tokio::task::spawn_local;
use tokio::time::sleep;

use crate::activity::Watched;
use crate::client::Client;
use crate::front::Front;

/// Pause after the system refused a connection, most likely for want of file descriptors.
const REFUSED: Duration = Duration::from_millis(100);

/// What is behind an address now: a request that comes on an old connection meets it as well.
pub type Now = Rc<RefCell<Rc<Front>>>;

/// Serves whoever comes; each connection ends with its next answer once `open` is gone.
pub async fn accept(address: SocketAddr, listener: TcpListener, now: Now, open: Receiver<()>) {
    loop {
        match listener.accept().await {
            Ok((stream, from)) => {
                spawn_local(serve(stream, Client::new(from, address), Rc::clone(&now), open.clone()));
            }
            Err(error) => refused(&error).await,
        }
    }
}

/// Waits a little after the system refused a connection.
pub async fn refused(error: &io::Error) {
    eprintln!("no connection accepted: {error}");
    sleep(REFUSED).await;
}

async fn serve(stream: TcpStream, client: Client, now: Now, mut open: Receiver<()>) {
    let stream = Watched::answering(stream);
    let activity = stream.activity();
    activity.touch();
    let waiting = Cell::new(false);
    let service = service_fn(async |request| {
        let front = Rc::clone(&now.borrow());
        waiting.set(true);
        let response = front.answer(request, &client).await;
        waiting.set(false);
        Ok::<_, Infallible>(response)
    });
    let mut connection = pin!(
        Builder::new()
            .title_case_headers(true)
            .header_read_timeout(None)
            .serve_connection(stream, service)
            .with_upgrades()
    );
    let mut closed = pin!(open.changed());
    let mut ending = false;
    loop {
        let mut quiet = pin!(activity.quiet(|| now.borrow().idle()));
        tokio::select! {
            // A request that has just come is answered, also when the time was over at that very moment.
            biased;
            _ = connection.as_mut() => return,
            _ = closed.as_mut(), if !ending => {
                ending = true;
                connection.as_mut().graceful_shutdown();
            }
            // Who waits for a target has the patience of the exchange.
            () = quiet.as_mut() => if waiting.get() { activity.touch() } else { return },
        }
    }
}

/// Listens at `address`, at once.
///
/// # Errors
/// Why that is not possible, in words.
pub fn listen(address: SocketAddr) -> Result<TcpListener, String> {
    if !address.ip().is_loopback() {
        return Err(format!("nothing may listen on {address}: the loopback serves 127.0.0.0/8 alone"));
    }
    let open = || {
        let socket = tokio::net::TcpSocket::new_v4()?;
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(1024)
    };
    open().map_err(|error| format!("nothing can listen on {address}: {error}"))
}
