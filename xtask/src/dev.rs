//! `cargo xtask dev`: from a fresh clone to a running server by one command. It becomes the server in the end, so that a signal to it
//! reaches the server and nothing is left behind.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::thread;
use std::time::Duration;

use crate::args::{Dev, Limits};
use crate::failure::{Done, Failure};
use crate::frontend;
use crate::program;
use crate::project::Project;
use crate::tools;
use crate::worker::{self, Variant};

/// A killed workerd lets go of its port within two seconds; this waits for three.
const LOOKS: u32 = 30;
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// Installs, builds and serves until it is told to stop; returns only when it cannot.
pub fn run(project: &Project, options: &Dev) -> Done {
    refuse_taken_port(options)?;
    let watch = program::Stopwatch::start();
    build(project)?;
    program::say(&format!("built in {}, starting", watch.elapsed_text()));
    let mut server = project.command(project.npm_program("node"));
    server.arg("ops/dev/serve.mjs").args(["--port", &options.port.to_string(), "--host", &options.host]);
    if let Some(state) = &options.state {
        let absolute = std::path::absolute(state).map_err(|error| Failure::file("find", state, &error))?;
        server.arg("--state").arg(absolute);
    }
    if options.limits == Limits::Off {
        server.args(["--limits", "off"]);
    }
    let error = server.exec();
    Err(Failure::new(format!("cannot start the server: {error}; run `npm ci` and try again.")))
}

/// Builds Worker and frontend side by side: the last minute of each, the linking, is one core's work.
pub fn build(project: &Project) -> Done {
    tools::ensure(project, &tools::TO_BUILD)?;
    thread::scope(|scope| {
        let worker = scope.spawn(|| worker::build(project, Variant::Shipped));
        let frontend = frontend::build(project);
        worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)).and(frontend)
    })
}

/// Before anything is built: nobody should wait minutes to hear it. A server that was just killed may hold its port a little longer.
fn refuse_taken_port(options: &Dev) -> Done {
    let mut looks = LOOKS;
    loop {
        looks -= 1;
        match TcpListener::bind((options.host.as_str(), options.port)) {
            Ok(_) => return Ok(()),
            Err(error) if error.kind() == ErrorKind::AddrInUse && looks > 0 => thread::sleep(BETWEEN_LOOKS),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                let port = options.port;
                let sentence =
                    format!("port {port} is taken: stop what listens there, or take another --port.");
                return Err(Failure::new(sentence));
            }
            Err(error) => {
                return Err(Failure::new(format!(
                    "cannot listen on {}:{}: {error}.",
                    options.host, options.port
                )));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_told_in_one_sentence_that_says_what_to_do() {
        let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = taken.local_addr().expect("its address").port();
        let options = Dev { port, host: "127.0.0.1".to_owned(), state: None, limits: Limits::On };
        let failure = refuse_taken_port(&options).expect_err("the port is taken");
        assert_eq!(
            failure.to_string(),
            format!("port {port} is taken: stop what listens there, or take another --port.")
        );
    }
}
