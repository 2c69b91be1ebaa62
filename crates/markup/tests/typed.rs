//! Who reads a text without marks makes no difference.
#![cfg(not(target_arch = "wasm32"))]

use markup::{parse, unmarked};
use proptest::prelude::*;

/// Pieces of which texts are made that may have marks, or nearly have some.
const PARTS: [&str; 38] = [
    "a",
    "Ada",
    "12",
    "1",
    "é",
    "😀",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "\r",
    "\0",
    "\u{a0}",
    "\u{2028}",
    "!",
    "|",
    ":",
    "]",
    ")",
    ".",
    "-",
    "+",
    "=",
    "#",
    ">",
    "\"",
    "'",
    "$",
    "^",
    "{",
    "}",
    "%",
    "/",
    "@",
    "*",
    "https://a.b/c",
    "http://",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]
    #[test]
    fn a_text_without_marks_says_what_the_parser_says(parts in prop::collection::vec(prop::sample::select(&PARTS[..]), 0..12)) {
        let text = parts.concat();
        if let Some(blocks) = unmarked(&text) {
            prop_assert_eq!(blocks, parse(&text), "{:?}", text);
        }
    }

    #[test]
    fn nor_does_any_other(text in "[ -~\n]{0,40}|\\PC{0,20}") {
        if let Some(blocks) = unmarked(&text) {
            prop_assert_eq!(blocks, parse(&text), "{:?}", text);
        }
    }
}
