//! A stack as a JavaScript engine writes it, in frames.
//!
//! Engines differ: `at name (place)` or `name@place`. Of a place only a file's name is kept: an address could be that of a private
//! room. What is not understood is left out.

use serde::Serialize;

/// Frames that are kept at most: the newest.
const FRAMES: usize = 40;
/// Characters of a function's name: generic ones grow without end.
const NAME_CHARACTERS: usize = 200;
/// The crates that are ours, as they begin a Rust function's name.
const OURS: [&str; 8] =
    ["edgewise_worker", "room", "archive", "protocol", "metrics", "client", "frontend", "ui"];

/// One call that was under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// Its name, where it has one.
    pub function: String,
    /// The file.
    pub filename: String,
    /// The line; of wasm always the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lineno: Option<u32>,
    /// The column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colno: Option<u32>,
    /// Whether it is ours.
    pub in_app: bool,
}

/// The frames of a stack, the oldest first, as error tracking wants them.
pub fn frames(stack: &str) -> Vec<Frame> {
    let mut frames: Vec<Frame> = stack.lines().filter_map(frame).take(FRAMES).collect();
    frames.reverse();
    frames
}

/// The frames of a panic's stack: without those by which the panic got out of the function that panicked.
pub fn frames_of_panic(stack: &str) -> Vec<Frame> {
    let mut frames = frames(stack);
    let hook = frames.iter().position(|frame| frame.function.contains("observe::errors"));
    frames.truncate(hook.unwrap_or(frames.len()));
    frames
}

fn frame(line: &str) -> Option<Frame> {
    let line = line.trim();
    let (function, place) = match line.strip_prefix("at ") {
        Some(rest) => match rest.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")) {
            Some((function, place)) => (function, place),
            None => ("", rest),
        },
        None => line.split_once('@')?,
    };
    let (rest, last) = split_number(place);
    let (file, lineno, colno) = match (split_number(rest), last) {
        ((file, Some(line)), Some(column)) => (file, Some(line), Some(column)),
        (_, line) => (rest, line, None),
    };
    let function = name(function);
    Some(Frame { in_app: is_ours(&function), function, filename: file_name(file), lineno, colno })
}

/// `a:12` as `a` and 12.
fn split_number(place: &str) -> (&str, Option<u32>) {
    match place.rsplit_once(':') {
        Some((rest, number)) => match number.parse() {
            Ok(number) => (rest, Some(number)),
            Err(_) => (place, None),
        },
        None => (place, None),
    }
}

/// A function's name without the hash that the compiler ends it with.
fn name(function: &str) -> String {
    let hash =
        function.len().checked_sub("::h0123456789abcdef".len()).and_then(|at| function.split_at_checked(at));
    let plain = match hash {
        Some((plain, hash)) if hash.starts_with("::h") => plain,
        _ => function,
    };
    if plain.is_empty() { "?".to_owned() } else { plain.chars().take(NAME_CHARACTERS).collect() }
}

/// `<room::Room as …>::apply` is ours as `room::Room::apply` is.
fn is_ours(function: &str) -> bool {
    let path = function.trim_start_matches(['<', '&']);
    OURS.iter().any(|ours| path.strip_prefix(ours).is_some_and(|rest| rest.starts_with("::")))
}

/// The last part of an address, if it can only be a file of ours; a page's address is nobody's business.
fn file_name(address: &str) -> String {
    if address.contains("wasm") && !address.starts_with("http") {
        return "wasm".to_owned();
    }
    let plain = address.split(['?', '#']).next().unwrap_or_default();
    let last = plain.rsplit('/').next().unwrap_or_default();
    let is_file = [".js", ".mjs", ".wasm"].iter().any(|end| last.ends_with(end));
    if is_file { last.to_owned() } else { "page".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Short = (String, String, Option<u32>, Option<u32>, bool);

    fn short(stack: &str) -> Vec<Short> {
        let short = |frame: Frame| (frame.function, frame.filename, frame.lineno, frame.colno, frame.in_app);
        frames(stack).into_iter().map(short).collect()
    }

    #[test]
    fn a_stack_of_v8_is_read_oldest_first() {
        let stack = "Error\n    at edgewise_worker::room_shell::RoomShell::take_turn::h0123456789abcdef \
            (wasm://wasm/0a1b2c3d:wasm-function[12]:0x1f2e)\n    at wasm://wasm/0a1b2c3d:wasm-function[99]:0x10\n    \
            at fetch (file:///srv/index.js:10:20)\n    at async Promise.all (index 0)";
        let expected = [
            ("async Promise.all", "page", None, None, false),
            ("fetch", "index.js", Some(10), Some(20), false),
            ("?", "wasm", None, None, false),
            ("edgewise_worker::room_shell::RoomShell::take_turn", "wasm", None, None, true),
        ];
        let expected = expected.map(|(function, file, line, column, ours)| {
            (function.to_owned(), file.to_owned(), line, column, ours)
        });
        assert_eq!(short(stack), expected);
    }

    #[test]
    fn a_stack_of_the_other_engines_is_read_too() {
        let stack = "send@https://chat.example/assets/app-0a1b.js:3:45\n@https://chat.example/assets/app.js:1:2\nno frame";
        let seen = short(stack);
        assert_eq!(seen[1], ("send".to_owned(), "app-0a1b.js".to_owned(), Some(3), Some(45), false));
        assert_eq!(seen[0].0, "?");
        assert_eq!(seen.len(), 2);
    }

    #[test]
    fn the_address_of_a_page_is_not_kept() {
        for page in [
            "at f (https://chat.example/my-secret-room:1:2)",
            "f@https://chat.example/my-secret-room?x=.js:1:2",
        ] {
            let seen = short(page);
            assert_eq!(seen[0].1, "page", "{page}");
        }
    }

    #[test]
    fn methods_of_traits_are_ours_and_other_crates_are_not() {
        for ours in ["room::Room::apply", "<room::Room as x::Y>::z", "<&archive::A as Debug>::fmt"] {
            assert!(is_ours(ours), "{ours}");
        }
        for others in ["core::ptr::drop", "roomy::x", "room", "<serde::x as room::y>::z"] {
            assert!(!is_ours(others), "{others}");
        }
    }

    #[test]
    fn the_way_out_of_a_panic_is_left_out() {
        let stack = "at edgewise_worker::observe::errors::panicked (wasm://wasm/0:wasm-function[1]:0x1)\n\
            at wasm://wasm/0:wasm-function[2]:0x1\nat room::Room::apply (wasm://wasm/0:wasm-function[3]:0x1)";
        let names: Vec<_> = frames_of_panic(stack).into_iter().map(|frame| frame.function).collect();
        assert_eq!(names, ["room::Room::apply", "?"]);
    }

    #[test]
    fn a_stack_without_end_has_an_end() {
        assert_eq!(frames(&"at f (a.js:1:2)\n".repeat(1_000)).len(), FRAMES);
        let long = format!("at {} (a.js:1:2)", "é".repeat(1_000));
        assert_eq!(frames(&long)[0].function.chars().count(), NAME_CHARACTERS);
        assert!(frames("").is_empty() && frames("at").is_empty());
    }
}
