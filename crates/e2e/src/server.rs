//! A server of one's own: Miniflare with the built Worker, on a free port, with its state in a folder of its own.
//!
//! It never lingers: it ends when this process does, however that ends, because its standard input ends with it.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    time::Duration,
};

use crate::address::{Address, Trust};

/// Miniflare and the frontend's files are up in 2 s; a machine that builds something beside it takes longer.
const READY_WITHIN: Duration = Duration::from_secs(90);

/// Whether the server's limits of rate and of sockets hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limits {
    /// As in production.
    On,
    /// Lifted, so that many tests may share one address.
    Off,
}

/// Which Worker runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Build {
    /// What ships.
    Shipped,
    /// With the faults that only test builds have.
    WithFaults,
}

/// A variable of the server's environment, and its value.
pub type Variable = (&'static str, String);

/// A running server.
#[derive(Debug)]
pub struct Server {
    address: Address,
    /// None where somebody else started it.
    own: Option<Own>,
}

/// What it takes to start a server of one's own, and to end it.
#[derive(Debug)]
struct Own {
    script: PathBuf,
    arguments: Vec<String>,
    variables: Vec<Variable>,
    state: PathBuf,
    process: Mutex<Child>,
}

/// The server that the tests of one binary share. Each test has rooms and members of its own.
pub fn shared(limits: Limits) -> &'static Server {
    static LIMITED: OnceLock<Server> = OnceLock::new();
    static UNLIMITED: OnceLock<Server> = OnceLock::new();
    let server = match limits {
        Limits::On => &LIMITED,
        Limits::Off => &UNLIMITED,
    };
    server.get_or_init(|| Server::start(limits, Build::Shipped))
}

impl Server {
    /// Starts one with new state on a free port, and waits until it is ready.
    ///
    /// # Panics
    /// When it does not come up, with what it said.
    pub fn start(limits: Limits, build: Build) -> Self {
        Self::start_with(limits, build, Vec::new())
    }

    /// Starts one with these variables.
    ///
    /// # Panics
    /// When it does not come up, with what it said.
    pub fn start_with(limits: Limits, build: Build, variables: Vec<Variable>) -> Self {
        let mut arguments = Vec::new();
        if limits == Limits::Off {
            arguments.extend(["--limits", "off"]);
        }
        if build == Build::WithFaults {
            arguments.extend(["--worker", "worker/build-test"]);
        }
        Self::start_any(&root().join("ops/dev/serve.mjs"), &arguments, variables)
    }

    /// Starts any script that takes `--port`, `--state` and `--while-stdin-open` and says `ready` with its address.
    ///
    /// # Panics
    /// When it does not come up, with what it said.
    pub fn start_script(script: &Path, arguments: &[&str]) -> Self {
        Self::start_any(script, arguments, Vec::new())
    }

    fn start_any(script: &Path, arguments: &[&str], variables: Vec<Variable>) -> Self {
        let arguments: Vec<_> = arguments.iter().map(|&argument| argument.to_owned()).collect();
        let state = new_state();
        let (process, url) = run(script, (&arguments, &variables), &state, 0);
        let own =
            Own { script: script.to_owned(), arguments, variables, state, process: Mutex::new(process) };
        Self { address: Address::parse(&url, &Trust::System), own: Some(own) }
    }

    /// One that somebody else started and will end.
    pub fn elsewhere(url: &str) -> Self {
        Self::trusted(url, &Trust::System)
    }

    /// The same, with a word on whose certificates count there.
    pub fn trusted(url: &str, trust: &Trust) -> Self {
        Self { address: Address::parse(url, trust), own: None }
    }

    /// The way there.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Where it listens, without a slash at the end.
    pub fn url(&self) -> &str {
        self.address.url()
    }

    /// Host and port.
    pub fn authority(&self) -> &str {
        self.address.authority()
    }

    /// The process in which the Worker runs, if it is one of ours.
    pub fn workerd(&self) -> Option<u32> {
        std::fs::read_to_string(self.own.as_ref()?.state.join("workerd.pid")).ok()?.trim().parse().ok()
    }

    /// All that it has logged so far.
    ///
    /// # Panics
    /// When it is not ours.
    pub fn log(&self) -> String {
        let own = self.own.as_ref().expect("only a server of one's own shows its log");
        std::fs::read_to_string(log_of(&own.state)).unwrap_or_default()
    }

    /// How many objects of this class have a file of state.
    pub fn objects_of(&self, class: &str) -> usize {
        self.count(|path| {
            path.to_string_lossy().contains(class) && path.extension().is_some_and(|end| end == "sqlite")
        })
    }

    /// How many files the bucket holds.
    pub fn blobs(&self) -> usize {
        self.count(|path| {
            path.to_string_lossy().contains("/r2/")
                && path.parent().is_some_and(|folder| folder.ends_with("blobs"))
        })
    }

    fn count(&self, counts: impl Fn(&Path) -> bool) -> usize {
        fn files(folder: &Path) -> Vec<PathBuf> {
            let entries = folder.read_dir().into_iter().flatten().flatten().map(|entry| entry.path());
            entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
        }
        self.own.iter().flat_map(|own| files(&own.state)).filter(|path| counts(path)).count()
    }

    /// Ends workerd and Miniflare as a power cut would (`kill -9`), then starts both again on the same state and port.
    /// Blocks until the server is ready again.
    ///
    /// # Panics
    /// When it is not ours, or does not come up again.
    pub fn kill_and_start_again(&self) {
        let own = self.own.as_ref().expect("only a server of one's own may be killed");
        let mut process = own.process.lock().unwrap_or_else(PoisonError::into_inner);
        // workerd first: nobody gets to say goodbye or to write what it had in mind.
        let workerd = self.workerd().expect("the server notes workerd's id").to_string();
        let killed = Command::new("kill").args(["-9", &workerd]).status().expect("there is a kill");
        assert!(killed.success(), "workerd ({workerd}) was there to be killed");
        process.kill().expect("Miniflare was there to be killed");
        process.wait().expect("it has ended");

        let port = self.url().rsplit(':').next().and_then(|port| port.parse().ok());
        let (again, url) = run(
            &own.script,
            (&own.arguments, &own.variables),
            &own.state,
            port.expect("the address has a port"),
        );
        *process = again;
        assert_eq!(url, self.url(), "it is at the same address again");
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let process = self.process.get_mut().unwrap_or_else(PoisonError::into_inner);
        // The end of its input asks it to stop; a shared one gets that when this process ends.
        drop(process.stdin.take());
        drop(process.wait());
        drop(std::fs::remove_dir_all(&self.state));
    }
}

/// The folder of the project.
pub fn root() -> PathBuf {
    let named = std::env::var_os("EDGEWISE_ROOT").map(PathBuf::from);
    named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
}

fn run(
    script: &Path,
    (arguments, variables): (&[String], &[Variable]),
    state: &Path,
    port: u16,
) -> (Child, String) {
    let mut command = Command::new(root().join("node_modules/.bin/node"));
    command.arg(script).arg("--while-stdin-open").args(["--port", &port.to_string()]);
    command.arg("--state").arg(state).args(arguments);
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    let log = std::fs::OpenOptions::new().create(true).append(true).open(log_of(state)).expect("a log file");
    let mut process = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .expect("node_modules/.bin/node runs; `cargo xtask test` installs it");
    let lines = BufReader::new(process.stdout.take().expect("its output is piped")).lines();
    let (says, heard) = mpsc::channel();
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| drop(says.send(line))));
    let ready = heard.recv_timeout(READY_WITHIN).ok();
    let url = ready.as_deref().and_then(|line| line.strip_prefix("ready ")).map(str::to_owned);
    let Some(url) = url else {
        drop(process.kill());
        let said = std::fs::read_to_string(log_of(state)).unwrap_or_default();
        panic!("the server is not ready after {READY_WITHIN:?}; it said:\n{said}");
    };
    (process, url)
}

/// What a server with this state has said.
fn log_of(state: &Path) -> PathBuf {
    state.join("server.log")
}

/// A new folder. Its name has this process's id, so that what a killed run left behind is found and removed.
fn new_state() -> PathBuf {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let parent = std::env::temp_dir().join("edgewise-e2e");
    std::fs::create_dir_all(&parent).expect("the temporary folder can be written");
    remove_left_behind(&parent);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let state = parent.join(format!("{}-{number}", std::process::id()));
    std::fs::create_dir_all(&state).expect("the temporary folder can be written");
    state
}

fn remove_left_behind(parent: &Path) {
    for entry in parent.read_dir().into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let owner = name.split('-').next().unwrap_or_default();
        if Path::new("/proc/self").exists() && !Path::new("/proc").join(owner).exists() {
            drop(std::fs::remove_dir_all(entry.path()));
        }
    }
}
