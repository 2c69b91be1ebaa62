//! The way to a deployed server is TLS. No test here has a server at the edge, so one of our own stands behind a door that speaks TLS:
//! what these tests hold in their hands works through it, and a door that cannot prove itself is not walked through.

use std::sync::Arc;

use e2e::{
    Guest, Server,
    address::Trust,
    server::{Limits, shared},
};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer},
    },
};

/// A door before the shared server, for as long as the test runs: its address, and its certificate.
async fn door() -> (String, CertificateDer<'static>) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
    let certificate = made.cert.der().clone();
    let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the usual versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .expect("a certificate with its key");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(serve(listener, TlsAcceptor::from(Arc::new(config))));
    (format!("https://localhost:{port}"), certificate)
}

async fn serve(listener: TcpListener, acceptor: TlsAcceptor) {
    while let Ok((outside, _)) = listener.accept().await {
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            let authority = shared(Limits::Off).authority();
            let inside = TcpStream::connect(authority).await;
            if let (Ok(mut outside), Ok(mut inside)) = (acceptor.accept(outside).await, inside) {
                // Either side may hang up; then there is nothing more to carry.
                drop(copy_bidirectional(&mut outside, &mut inside).await);
            }
        });
    }
}

#[tokio::test]
async fn requests_and_sockets_go_through_tls() {
    let (url, certificate) = door().await;
    let server = Server::trusted(&url, &Trust::Only(certificate));
    let (ada, bob) = (Guest::sign_in(&server, "Ada").await, Guest::sign_in(&server, "Bob").await);
    let room = ada.new_room().await;
    let (mut writer, mut reader) = (ada.enter(&room).await, bob.enter(&room).await);
    let seq = writer.say("through the door").await.seq.expect("a seq");
    assert_eq!(reader.event(seq).await.by.id, ada.member.id);
}

#[tokio::test]
async fn a_server_that_cannot_prove_who_it_is_is_not_spoken_to() {
    let (url, _) = door().await;
    let refused = Server::elsewhere(&url).address().connect().await;
    let error = refused.expect_err("its certificate is nobody's").to_string();
    assert!(error.contains("certificate"), "{error}");
}
