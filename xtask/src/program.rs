//! Running other programs: a quiet one shows that it is alive and is heard in full only when it fails; an open one speaks for itself.
//! Everything said goes to stderr, so that stdout stays free for what a command is asked to print.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Done, Failure};

/// How long a quiet program may work before it is said again that it does.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// Lines of a failed program that are worth showing.
const TAIL_LINES: usize = 80;

/// Runs a program that is not worth watching. `step` names what it does, as in "building the Worker".
pub fn quietly(step: &str, command: &mut Command) -> Done {
    let watch = Stopwatch::start();
    say(&format!("{step} …"));
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| not_started(command, &error))?;
    let (sender, lines) = mpsc::channel();
    forward(child.stdout.take(), sender.clone());
    forward(child.stderr.take(), sender);
    let heard = listen(step, &watch, &lines);
    let status = child.wait().map_err(|error| not_started(command, &error))?;
    if status.success() {
        say(&format!("{step}: done in {}", watch.elapsed_text()));
        return Ok(());
    }
    for line in heard.iter().skip(heard.len().saturating_sub(TAIL_LINES)) {
        eprintln!("    {line}");
    }
    Err(failed(step, status))
}

/// Runs a program whose own output is what one wants to see.
pub fn openly(step: &str, command: &mut Command) -> Done {
    say(&format!("{step} …"));
    let status = command.stdin(Stdio::null()).status().map_err(|error| not_started(command, &error))?;
    if status.success() { Ok(()) } else { Err(failed(step, status)) }
}

/// What a short program prints on stdout, or `None` if it cannot be started or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What a program said, and whether it ended well.
#[derive(Debug)]
pub struct Heard {
    /// It ended with 0.
    pub well: bool,
    /// On stdout.
    pub stdout: String,
    /// On stderr.
    pub stderr: String,
}

/// Runs a program whose words are to be read, whether it fails or not.
pub fn heard(command: &mut Command) -> Done<Heard> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| not_started(command, &error))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Heard { well: output.status.success(), stdout: text(&output.stdout), stderr: text(&output.stderr) })
}

/// One line about what goes on.
pub fn say(line: &str) {
    eprintln!("edgewise: {line}");
}

/// Measures how long a step took; for people only, nothing depends on it.
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[expect(
        clippy::disallowed_methods,
        reason = "tells a person how long a step took; no test or build depends on it"
    )]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Minutes and seconds, or seconds with a tenth.
    pub fn elapsed_text(&self) -> String {
        let elapsed = self.0.elapsed();
        let seconds = elapsed.as_secs();
        if seconds < 60 {
            format!("{:.1} s", elapsed.as_secs_f64())
        } else {
            format!("{} min {:02} s", seconds / 60, seconds % 60)
        }
    }
}

fn forward(stream: Option<impl Read + Send + 'static>, sender: Sender<String>) {
    let Some(stream) = stream else { return };
    thread::spawn(move || {
        for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            if sender.send(text).is_err() {
                return;
            }
        }
    });
}

fn listen(step: &str, watch: &Stopwatch, lines: &mpsc::Receiver<String>) -> Vec<String> {
    let mut heard: Vec<String> = Vec::new();
    let mut spoken_after = Duration::ZERO;
    loop {
        match lines.recv_timeout(HEARTBEAT) {
            Ok(line) => heard.push(line),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return heard,
        }
        if watch.0.elapsed() >= spoken_after + HEARTBEAT {
            spoken_after = watch.0.elapsed();
            let last =
                heard.iter().rev().map(|line| line.trim()).find(|line| !line.is_empty()).unwrap_or_default();
            say(&format!("{step}, {} so far: {last}", watch.elapsed_text()));
        }
    }
}

fn not_started(command: &Command, error: &std::io::Error) -> Failure {
    let program = command.get_program().to_string_lossy();
    Failure::new(format!("cannot start {program}: {error}; install it, or put it on the PATH."))
}

fn failed(step: &str, status: ExitStatus) -> Failure {
    Failure::new(format!(
        "{step} failed ({status}): what it said stands above; mend that and run the same command again."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_missing_is_named_with_what_to_do() {
        let failure =
            quietly("trying", &mut Command::new("no-such-program-here")).expect_err("it cannot start");
        assert!(failure.to_string().starts_with("cannot start no-such-program-here"));
        assert!(failure.to_string().contains("install it"));
    }

    #[test]
    fn a_program_that_fails_fails_its_step() {
        let failure = quietly("trying", Command::new("sh").args(["-c", "echo why; exit 3"]))
            .expect_err("it exits with 3");
        assert!(failure.to_string().starts_with("trying failed (exit status: 3)"));
    }

    #[test]
    fn what_a_short_program_prints_is_handed_back_only_when_it_succeeds() {
        assert_eq!(output(Command::new("sh").args(["-c", "echo yes"])).as_deref(), Some("yes\n"));
        assert_eq!(output(Command::new("sh").args(["-c", "echo yes; exit 1"])), None);
    }
}
