//! The keeper as a container runs it: a real process with a real child, told things by real signals.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, ChildStdout, Command, Stdio},
    thread,
    time::Duration,
};

/// A keeper whose child runs this script. The script says `ready` when it is.
struct Keeper {
    process: Child,
    output: BufReader<ChildStdout>,
}

impl Keeper {
    fn start(options: &[&str], script: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keeper"));
        command.arg("run").args(options).args(["--", "sh", "-c", script]);
        let mut process = command.stdout(Stdio::piped()).spawn().expect("the keeper starts");
        let output = BufReader::new(process.stdout.take().expect("its output is piped"));
        Self { process, output }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("it says something");
        line.trim_end().to_owned()
    }

    fn tell(&self, signal: &str) {
        let pid = self.process.id().to_string();
        let told =
            Command::new("kill").args([&format!("-{signal}"), &pid]).status().expect("there is a kill");
        assert!(told.success(), "the keeper is there to be told");
    }

    /// The code that it ends with.
    fn code(mut self) -> Option<i32> {
        self.process.wait().expect("it ends").code()
    }
}

/// A test that fails leaves neither keeper nor child behind.
impl Drop for Keeper {
    fn drop(&mut self) {
        if let Ok(None) = self.process.try_wait() {
            self.tell("TERM");
            drop(self.process.wait());
        }
    }
}

/// A folder that no other test has.
fn folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}

#[test]
fn it_ends_with_its_child_and_with_the_childs_code() {
    assert_eq!(Keeper::start(&[], "exit 7").code(), Some(7));
    assert_eq!(Keeper::start(&[], "exit 0").code(), Some(0));
    assert_eq!(Keeper::start(&[], "kill -KILL $$").code(), Some(128 + 9));
}

#[test]
fn a_child_that_listens_ends_as_it_likes() {
    let script = "trap 'echo told; exit 3' TERM; echo ready; while :; do sleep 0.1; done";
    let mut keeper = Keeper::start(&[], script);
    assert_eq!(keeper.line(), "ready");
    keeper.tell("TERM");
    assert_eq!(keeper.line(), "told");
    assert_eq!(keeper.code(), Some(3));
}

#[test]
fn a_child_that_does_not_listen_is_killed_after_the_grace_period() {
    let mut keeper =
        Keeper::start(&["--grace", "1"], "trap '' TERM; echo ready; while :; do sleep 0.1; done");
    assert_eq!(keeper.line(), "ready");
    keeper.tell("TERM");
    assert_eq!(keeper.code(), Some(128 + 9));
}

#[test]
fn a_signal_that_does_not_stop_is_passed_on_and_nothing_more() {
    let script = "trap 'echo again' HUP; trap 'exit 0' TERM; echo ready; while :; do sleep 0.1; done";
    let mut keeper = Keeper::start(&[], script);
    assert_eq!(keeper.line(), "ready");
    for _ in 0..2 {
        keeper.tell("HUP");
        assert_eq!(keeper.line(), "again");
    }
    keeper.tell("TERM");
    assert_eq!(keeper.code(), Some(0));
}

#[test]
fn an_orphan_is_buried_while_the_child_goes_on() {
    let script = "trap 'exit 0' TERM; sh -c 'sleep 0.1 & echo $!'; while :; do sleep 0.1; done";
    let mut keeper = Keeper::start(&[], script);
    let orphan = PathBuf::from("/proc").join(keeper.line());
    // Ten seconds at most, of which a machine that is not stuck needs a tenth.
    let buried = (0..200).any(|_| {
        thread::sleep(Duration::from_millis(50));
        !orphan.exists()
    });
    assert!(buried, "{} is still there", orphan.display());
    keeper.tell("TERM");
    assert_eq!(keeper.code(), Some(0));
}

#[test]
fn a_secret_is_the_same_after_a_restart_and_one_from_outside_wins() {
    let file = folder("secret").join("session.key");
    let secret = format!("SESSION_KEY={}", file.display());
    let say = |outside: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keeper"));
        command.args(["run", "--secret", &secret, "--", "sh", "-c", "echo $SESSION_KEY"]);
        command.envs(outside.map(|value| ("SESSION_KEY", value)));
        let output = command.output().expect("the keeper starts");
        String::from_utf8(output.stdout).expect("text").trim_end().to_owned()
    };
    let made = say(None);
    assert_eq!(made.len(), 64);
    assert_eq!(say(None), made);
    assert_eq!(say(Some("from outside")), "from outside");
    assert_eq!(std::fs::read_to_string(&file).expect("it is kept").trim_end(), made);
}

#[test]
fn a_program_that_is_not_there_is_told_in_a_sentence() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keeper"));
    let output = command.args(["run", "/no/such/program"]).output().expect("the keeper starts");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.starts_with("keeper: /no/such/program cannot be started: "), "{said}");
}

#[test]
fn metrics_are_served_while_the_child_runs() {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let address = free.expect("a free port").to_string();
    let mut keeper = Keeper::start(
        &["--metrics", &address],
        "trap 'exit 0' TERM; echo ready; while :; do sleep 0.1; done",
    );
    assert_eq!(keeper.line(), "ready");
    let mut stream = TcpStream::connect(&address).expect("it listens before the child starts");
    stream.write_all(b"GET /metrics HTTP/1.1\r\n\r\n").expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    assert!(answer.contains("\nprocess_open_fds "), "{answer}");
    keeper.tell("TERM");
    assert_eq!(keeper.code(), Some(0));
}

#[test]
fn health_is_the_exit_code() {
    let health = |url: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keeper"));
        command.args(["health", url]).output().expect("the keeper starts")
    };
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}/healthz", listener.local_addr().expect("its address"));
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("somebody asks");
        let mut request = [0; 256];
        let length = stream.read(&mut request).expect("a request");
        assert!(length > 0);
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").expect("it listens");
    });
    assert_eq!(health(&url).status.code(), Some(0));
    server.join().expect("no panic");
    let after = health(&url);
    assert_eq!(after.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&after.stderr).contains("does not answer"));
}
