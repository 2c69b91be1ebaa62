//! Where a server listens, and the way there: plain on this machine, TLS to one that is deployed.
//!
//! Not here: HTTP and sockets, which go over the stream that this opens. Certificates are always checked.

use std::{fmt, io, sync::Arc};

use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, ServerName},
    },
};

/// Bytes to a server and back, whatever carries them.
pub trait Duplex: AsyncRead + AsyncWrite + fmt::Debug + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + fmt::Debug + Unpin + Send> Duplex for T {}

/// An open connection.
pub type Stream = Box<dyn Duplex>;

/// Whose word counts for who a server is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// That of whom this machine trusts; `SSL_CERT_FILE` names others.
    System,
    /// This certificate's alone.
    Only(CertificateDer<'static>),
}

/// Scheme, host and port of a server.
#[derive(Clone)]
pub struct Address {
    url: String,
    /// None for plain connections.
    tls: Option<TlsConnector>,
}

impl Address {
    /// Reads `http://host:port` or `https://host`, with or without a slash at its end.
    ///
    /// # Panics
    /// When it is neither, or when TLS is asked for and this machine trusts nobody.
    pub fn parse(url: &str, trust: &Trust) -> Self {
        let url = url.trim_end_matches('/').to_owned();
        let secure = url.starts_with("https://");
        assert!(secure || url.starts_with("http://"), "{url} begins neither with http:// nor with https://");
        let tls = secure.then(|| TlsConnector::from(Arc::new(config(trust))));
        Self { url, tls }
    }

    /// The whole of it, without a slash at its end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Host, and port where it is not the scheme's own.
    pub fn authority(&self) -> &str {
        self.url.split_once("://").map_or("", |(_, authority)| authority)
    }

    /// The scheme of sockets there.
    pub fn socket_scheme(&self) -> &'static str {
        if self.tls.is_some() { "wss" } else { "ws" }
    }

    /// Opens a connection.
    ///
    /// # Errors
    /// When nobody listens, or whoever does cannot prove who they are.
    pub async fn connect(&self) -> io::Result<Stream> {
        let authority = self.authority();
        let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
        let own_port = if self.tls.is_some() { 443 } else { 80 };
        let port = authority.rsplit_once(':').and_then(|(_, port)| port.parse().ok()).unwrap_or(own_port);
        let stream = TcpStream::connect((host, port)).await?;
        stream.set_nodelay(true)?;
        match &self.tls {
            None => Ok(Box::new(stream)),
            Some(tls) => {
                let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
                Ok(Box::new(tls.connect(name, stream).await?))
            }
        }
    }
}

fn config(trust: &Trust) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    match trust {
        Trust::System => {
            let found = rustls_native_certs::load_native_certs();
            roots.add_parsable_certificates(found.certs);
            assert!(!roots.is_empty(), "this machine trusts nobody: {:?}", found.errors);
        }
        Trust::Only(certificate) => roots.add(certificate.clone()).expect("a certificate that can be read"),
    }
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the provider speaks the usual versions")
        .with_root_certificates(roots)
        .with_no_client_auth()
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)
    }
}
