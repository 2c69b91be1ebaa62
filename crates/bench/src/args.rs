//! What was asked for on the command line.

/// How to ask.
pub const USAGE: &str = "\
cargo run --release -p bench -- fanout [--url U] [--sockets 200] [--rate 1000] [--seconds 6] [--peer on|off]
cargo run --release -p bench -- join   [--url U] [--joins 200] [--peer on|off]";

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
}

/// The command line, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Args {
    /// What to measure.
    pub measure: Measure,
    /// A server that is there already.
    pub url: Option<String>,
    /// Whether the peer gets the same load afterwards.
    pub peer: bool,
}

impl Args {
    /// Reads the arguments after the program's name.
    pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let measure = words.next().unwrap_or_default();
        let (mut load, mut joins) = (Load { sockets: 200, rate: 1_000, seconds: 6 }, 200);
        let (mut url, mut peer) = (None, true);
        while let Some(name) = words.next() {
            let value = words.next().ok_or_else(|| format!("{name} needs a value."))?;
            match name.as_str() {
                "--url" => url = Some(value),
                "--sockets" => load.sockets = number(&name, &value)?,
                "--rate" => load.rate = number(&name, &value)?,
                "--seconds" => load.seconds = number(&name, &value)?,
                "--joins" => joins = number(&name, &value)?,
                "--peer" => peer = on_or_off(&value)?,
                _ => return Err(format!("{name} is unknown.")),
            }
        }
        let measure = match measure.as_str() {
            "fanout" => Measure::Fanout(load),
            "join" => Measure::Join { joins },
            other => return Err(format!("{other:?} cannot be measured: say fanout or join.")),
        };
        Ok(Self { measure, url, peer })
    }
}

fn number(name: &str, value: &str) -> Result<u32, String> {
    let number = value.parse().ok().filter(|number| (1..=100_000).contains(number));
    number.ok_or_else(|| format!("{name} {value} is not a number from 1 to 100000."))
}

fn on_or_off(value: &str) -> Result<bool, String> {
    match value {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(format!("--peer {value} is unknown: say on or off.")),
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
        assert_eq!(parse("fanout"), Ok(Args { measure: Measure::Fanout(load), url: None, peer: true }));
        let said =
            parse("join --joins 5 --peer off --url http://127.0.0.1:8787").map(|args| (args.peer, args.url));
        assert_eq!(said, Ok((false, Some("http://127.0.0.1:8787".to_owned()))));
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for line in ["", "run", "fanout --sockets", "fanout --sockets x", "fanout --rate 0", "join --speed 1"]
        {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
