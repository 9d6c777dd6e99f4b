//! An address that requests go to, and the connections to it.

use std::cell::RefCell;
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use hyper::client::conn::http1::{Builder, SendRequest};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::activity::{Activity, Watched};
use crate::relay::Upload;

pub struct Target {
    pub address: SocketAddr,
    idle: RefCell<Vec<Connection>>,
    /// What moves the bytes of each connection: a connection whose task is aborted is closed.
    tasks: RefCell<JoinSet<()>>,
}

pub struct Connection {
    pub sender: SendRequest<Upload>,
    pub activity: Activity,
}

/// A connection to a target that one request has for itself; dropped, it is closed.
pub struct Lease {
    pub connection: Connection,
    target: Rc<Target>,
    /// Whether it has carried a request before.
    pub kept: bool,
}

impl Target {
    pub fn new(address: SocketAddr) -> Rc<Self> {
        Rc::new(Self { address, idle: RefCell::default(), tasks: RefCell::default() })
    }

    /// The connection that was used last, if there is one that is open and has not been silent for `limit`.
    pub fn kept(self: &Rc<Self>, limit: Duration) -> Option<Lease> {
        loop {
            let connection = self.idle.borrow_mut().pop()?;
            if connection.sender.is_ready() && connection.activity.silent() < limit {
                return Some(Lease { connection, target: Rc::clone(self), kept: true });
            }
        }
    }

    /// # Errors
    /// When the target does not take the connection.
    pub async fn connect(self: &Rc<Self>) -> io::Result<Lease> {
        let stream = Watched::new(TcpStream::connect(self.address).await?);
        let activity = stream.activity();
        let (sender, carrier) =
            Builder::new().title_case_headers(true).handshake(stream).await.map_err(io::Error::other)?;
        self.run(async {
            // Whoever waits for an answer is told what went wrong.
            let _ = carrier.with_upgrades().await;
        });
        Ok(Lease { connection: Connection { sender, activity }, target: Rc::clone(self), kept: false })
    }

    /// Runs `task` as long as it goes, or until everything at this target is cut.
    pub fn run(&self, task: impl Future<Output = ()> + 'static) {
        let mut tasks = self.tasks.borrow_mut();
        while tasks.try_join_next().is_some() {}
        tasks.spawn_local(task);
    }

    /// Ends every connection, whatever it carries.
    pub fn cut(&self) {
        self.idle.borrow_mut().clear();
        self.tasks.borrow_mut().abort_all();
    }
}

impl Lease {
    pub fn give_back(self) {
        let Self { connection, target, .. } = self;
        if !connection.sender.is_closed() {
            target.idle.borrow_mut().push(connection);
        }
    }

    pub fn target(&self) -> &Rc<Target> {
        &self.target
    }
}
