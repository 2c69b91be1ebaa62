//! What was asked for on the command line.

/// How to ask.
pub const USAGE: &str = "\
cargo run --release -p bench -- fanout [--url U] [--sockets 200] [--rate 1000] [--seconds 6] [--on both|edgewise|peer]
cargo run --release -p bench -- budget [--sockets 200] [--rate 1000] [--seconds 6]
cargo run --release -p bench -- join   [--url U] [--joins 200] [--on both|edgewise|peer]
cargo run --release -p bench -- large  [--messages 100000] [--asks 500]
cargo run --release -p bench -- hidden [--asks 500]";

/// A load on one room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// Sockets in the room; every one hears every message.
    pub sockets: u32,
    /// Messages a second, all writers together.
    pub rate: u32,
    /// For how long.
    pub seconds: u32,
}

/// What to measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// How fast messages reach everybody.
    Fanout(Load),
    /// How long it takes to come in.
    Join {
        /// How often.
        joins: u32,
    },
    /// How long requests take in a large room.
    Large {
        /// How large.
        messages: u32,
        /// How often each is asked.
        asks: u32,
    },
    /// Whether time tells a hidden room from one that never was.
    Hidden {
        /// How often each is asked.
        asks: u32,
    },
}

/// What becomes of the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// They are printed.
    None,
    /// They are judged, the peer's beside ours.
    Budget,
}

/// What gets the load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// Edgewise, and then the peer.
    Both,
    /// Edgewise alone.
    Edgewise,
    /// The peer alone.
    Peer,
}

/// The command line, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Args {
    /// What to measure.
    pub measure: Measure,
    /// What becomes of its figures.
    pub verdict: Verdict,
    /// A server that is there already.
    pub url: Option<String>,
    /// What gets the load.
    pub on: On,
}

impl Args {
    /// Reads the arguments after the program's name.
    pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let measure = words.next().unwrap_or_default();
        let (mut load, mut joins) = (Load { sockets: 200, rate: 1_000, seconds: 6 }, 200);
        let (mut messages, mut asks) = (100_000, 500);
        let (mut url, mut on) = (None, On::Both);
        while let Some(name) = words.next() {
            let value = words.next().ok_or_else(|| format!("{name} needs a value."))?;
            match name.as_str() {
                "--url" => url = Some(value),
                "--sockets" => load.sockets = number(&name, &value)?,
                "--rate" => load.rate = number(&name, &value)?,
                "--seconds" => load.seconds = number(&name, &value)?,
                "--joins" => joins = number(&name, &value)?,
                "--messages" => messages = number(&name, &value)?,
                "--asks" => asks = number(&name, &value)?,
                "--on" => on = On::parse(&value)?,
                _ => return Err(format!("{name} is unknown.")),
            }
        }
        let (measure, verdict) = match measure.as_str() {
            "fanout" => (Measure::Fanout(load), Verdict::None),
            "budget" => (Measure::Fanout(load), Verdict::Budget),
            "join" => (Measure::Join { joins }, Verdict::None),
            "large" => (Measure::Large { messages, asks }, Verdict::None),
            "hidden" => (Measure::Hidden { asks }, Verdict::None),
            other => {
                return Err(format!(
                    "{other:?} cannot be measured: say fanout, budget, join, large or hidden."
                ));
            }
        };
        Ok(Self { measure, verdict, url, on })
    }
}

fn number(name: &str, value: &str) -> Result<u32, String> {
    let number = value.parse().ok().filter(|number| (1..=100_000).contains(number));
    number.ok_or_else(|| format!("{name} {value} is not a number from 1 to 100000."))
}

impl On {
    fn parse(value: &str) -> Result<Self, String> {
        match value {
            "both" => Ok(Self::Both),
            "edgewise" => Ok(Self::Edgewise),
            "peer" => Ok(Self::Peer),
            _ => Err(format!("--on {value} is unknown: say both, edgewise or peer.")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Args, String> {
        Args::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn what_is_not_said_has_a_default() {
        let load = Load { sockets: 200, rate: 1_000, seconds: 6 };
        let args = Args { measure: Measure::Fanout(load), verdict: Verdict::None, url: None, on: On::Both };
        assert_eq!(parse("fanout"), Ok(args.clone()));
        assert_eq!(parse("budget"), Ok(Args { verdict: Verdict::Budget, ..args }));
        let said =
            parse("join --joins 5 --on edgewise --url http://127.0.0.1:8787").map(|args| (args.on, args.url));
        assert_eq!(said, Ok((On::Edgewise, Some("http://127.0.0.1:8787".to_owned()))));
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for line in ["", "run", "fanout --sockets", "fanout --sockets x", "fanout --rate 0", "join --speed 1"]
        {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
