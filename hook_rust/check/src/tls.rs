use std::fmt;
use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{CertificateError, ClientConfig, Error, RootCertStore, crypto};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Who may sign a server's certificate. There is no way to skip the verification.
#[derive(Clone)]
pub(crate) struct Tls(Arc<ClientConfig>);

impl fmt::Debug for Tls {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Tls")
    }
}

impl Tls {
    /// Trusts what this machine trusts: the files that OpenSSL would read, `SSL_CERT_FILE` and `SSL_CERT_DIR` included.
    pub fn of_the_machine() -> Result<Self, String> {
        let found = rustls_native_certs::load_native_certs();
        Self::trusting(found.certs).ok_or_else(|| "this machine names no certificate authority".to_owned())
    }

    /// Trusts the authorities in a PEM file, and no other.
    pub fn of_file(path: &Path) -> Result<Self, String> {
        let refuse = |why: &dyn fmt::Display| format!("{}: {why}", path.display());
        let certificates = CertificateDer::pem_file_iter(path).map_err(|error| refuse(&error))?;
        let certificates: Vec<_> = certificates.collect::<Result<_, _>>().map_err(|error| refuse(&error))?;
        Self::trusting(certificates).ok_or_else(|| refuse(&"no certificate that could be trusted"))
    }

    fn trusting(certificates: Vec<CertificateDer<'static>>) -> Option<Self> {
        let mut roots = RootCertStore::empty();
        let (usable, _) = roots.add_parsable_certificates(certificates);
        let builder = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()));
        let builder = builder.with_safe_default_protocol_versions().ok().filter(|_| usable > 0)?;
        let mut configuration = builder.with_root_certificates(roots).with_no_client_auth();
        configuration.alpn_protocols = vec![b"http/1.1".to_vec()];
        Some(Self(Arc::new(configuration)))
    }

    /// Shakes hands with `host`, whose certificate must be valid for this name.
    pub async fn shake_hands(&self, host: &str, stream: TcpStream) -> Result<TlsStream<TcpStream>, String> {
        let name = ServerName::try_from(host.to_owned()).map_err(|error| format!("{host}: {error}"))?;
        let handshake = TlsConnector::from(Arc::clone(&self.0)).connect(name, stream).await;
        handshake.map_err(|error| {
            error.get_ref().and_then(|inner| inner.downcast_ref()).map_or_else(|| error.to_string(), words)
        })
    }
}

fn words(error: &Error) -> String {
    match error {
        Error::InvalidMessage(_) => "what answered does not speak TLS (a plain HTTP port?)".to_owned(),
        // Authorities of one name and different keys differ by their signatures.
        Error::InvalidCertificate(CertificateError::UnknownIssuer | CertificateError::BadSignature) => {
            "the certificate comes from no authority that is trusted here".to_owned()
        }
        other => other.to_string(),
    }
}
