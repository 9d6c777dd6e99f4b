//! A real HTTPS server on a loopback address, with a certificate of its own making.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// Answers every request with 200 from `rust-blue-green:5` until the test process ends.
pub struct TlsServer {
    pub address: SocketAddr,
    /// PEM file of the authority that signed its certificate.
    pub authority: PathBuf,
}

impl TlsServer {
    /// One whose certificate is valid for `name`.
    pub fn start(name: &str, folder: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let own = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
        let count = COUNT.fetch_add(1, Ordering::SeqCst);
        let authority = PathBuf::from(folder).join(format!("authority-{}-{count}.pem", std::process::id()));
        std::fs::write(&authority, own.cert.pem()).unwrap();
        let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let configuration = builder.with_no_client_auth().with_single_cert(vec![own.cert.der().clone()], key).unwrap();
        let (listener, configuration) = (TcpListener::bind("127.0.0.1:0").unwrap(), Arc::new(configuration));
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let configuration = Arc::clone(&configuration);
                thread::spawn(move || serve(stream.unwrap(), configuration));
            }
        });
        Self { address, authority }
    }

    pub fn url(&self, scheme: &str, host: &str) -> String {
        format!("{scheme}://{host}:{}", self.address.port())
    }
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        drop(std::fs::remove_file(&self.authority));
    }
}

fn serve(stream: TcpStream, configuration: Arc<ServerConfig>) {
    let mut stream = StreamOwned::new(ServerConnection::new(configuration).unwrap(), stream);
    let mut seen = Vec::new();
    let mut part = [0; 1_024];
    while !seen.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut part) {
            Ok(length) if length > 0 => seen.extend_from_slice(&part[..length]),
            // A client that does not speak TLS is told so by an alert, which `read` has sent.
            _ => return,
        }
    }
    let answer = "HTTP/1.1 200 X\r\nx-task-definition: rust-blue-green:5\r\ncontent-length: 0\r\n\r\n";
    drop(stream.write_all(answer.as_bytes()));
    stream.conn.send_close_notify();
    drop(stream.flush());
}
