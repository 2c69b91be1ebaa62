//! Texts that are written to hurt: nothing panics, nothing is lost, depth is bounded, and time grows with length.
#![cfg(not(target_arch = "wasm32"))]

use std::time::{Duration, Instant};

use markup::{Block, DEPTH, Destination, Piece, parse};
use proptest::prelude::*;

/// What is known to be slow in one parser or another, to be repeated.
const REPEATED: [&str; 26] = [
    ">",
    "> ",
    "- ",
    "* a\n",
    "1. ",
    "\t",
    "*",
    "**a ",
    "_a ",
    "*a **a ",
    "~~",
    "~a",
    "[",
    "[a](",
    "![",
    "![[]()",
    "`",
    "a`b``",
    "<",
    "<a ",
    "<!--",
    "&",
    "\\",
    "[a]: b\n",
    "http://",
    "(https://a)",
];

/// 25 times as long as a message can be.
const LENGTH: usize = 100_000;

/// Each takes some milliseconds; what grows with the square of its length would take minutes.
const SLOWEST: Duration = Duration::from_secs(10);

#[test]
#[expect(clippy::disallowed_methods, reason = "the time it takes is what is tested")]
fn no_text_takes_longer_than_its_length_explains() {
    for repeated in REPEATED {
        for text in [repeated.repeat(LENGTH / repeated.len()), nested(repeated)] {
            let begun = Instant::now();
            let depth = depth(&parse(&text));
            let took = begun.elapsed();
            assert!(took < SLOWEST, "{repeated:?} took {took:?}");
            assert!(depth <= DEPTH + 1, "{repeated:?} is {depth} deep");
        }
    }
}

/// Ever more of it in each line.
fn nested(repeated: &str) -> String {
    (1..)
        .map(|n| format!("{}\n", repeated.repeat(n)))
        .scan(0, |length, line| {
            *length += line.len();
            (*length < LENGTH).then_some(line)
        })
        .collect()
}

fn depth(blocks: &[Block]) -> usize {
    let each = blocks.iter().map(|block| match block {
        Block::Paragraph(pieces) | Block::Heading { pieces, .. } => 1 + depth_of(pieces),
        Block::Quote(inner) => 1 + depth(inner),
        Block::List { items, .. } => 2 + items.iter().map(|item| depth(item)).max().unwrap_or_default(),
        Block::Code { .. } | Block::Rule => 1,
    });
    each.max().unwrap_or_default()
}

fn depth_of(pieces: &[Piece]) -> usize {
    let each = pieces.iter().map(|piece| match piece {
        Piece::Emphasis(inner) | Piece::Strong(inner) | Piece::Struck(inner) => 1 + depth_of(inner),
        Piece::Link(link) => 1 + depth_of(&link.content),
        Piece::Text(_) | Piece::Code(_) | Piece::SoftBreak | Piece::HardBreak => 0,
    });
    each.max().unwrap_or_default()
}

/// All that can be read in a tree.
fn readable(blocks: &[Block]) -> String {
    let each = blocks.iter().map(|block| match block {
        Block::Paragraph(pieces) | Block::Heading { pieces, .. } => readable_in(pieces),
        Block::Quote(inner) => readable(inner),
        Block::List { first, items, .. } => {
            let number = first.map(|first| first.to_string()).unwrap_or_default();
            number + &items.iter().map(|item| readable(item)).collect::<String>()
        }
        Block::Code { info, text } => info.clone() + text,
        Block::Rule => String::new(),
    });
    each.collect()
}

fn readable_in(pieces: &[Piece]) -> String {
    let each = pieces.iter().map(|piece| match piece {
        Piece::Text(text) | Piece::Code(text) => text.clone(),
        Piece::Emphasis(inner) | Piece::Strong(inner) | Piece::Struck(inner) => readable_in(inner),
        Piece::Link(link) => readable_in(&link.content) + link.to.written() + &link.title,
        Piece::SoftBreak | Piece::HardBreak => String::new(),
    });
    each.collect()
}

/// No link leads anywhere else, at whatever depth.
fn leads_well(blocks: &[Block]) -> bool {
    blocks.iter().all(|block| match block {
        Block::Paragraph(pieces) | Block::Heading { pieces, .. } => links_well(pieces, true),
        Block::Quote(inner) => leads_well(inner),
        Block::List { items, .. } => items.iter().all(|item| leads_well(item)),
        Block::Code { .. } | Block::Rule => true,
    })
}

fn links_well(pieces: &[Piece], may_link: bool) -> bool {
    pieces.iter().all(|piece| match piece {
        Piece::Link(link) => {
            let is_good = match &link.to {
                Destination::Address(address) => {
                    let address = address.as_str().to_lowercase();
                    ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
                }
                Destination::Refused(_) => true,
            };
            may_link && is_good && links_well(&link.content, false)
        }
        Piece::Emphasis(inner) | Piece::Strong(inner) | Piece::Struck(inner) => links_well(inner, may_link),
        Piece::Text(_) | Piece::Code(_) | Piece::SoftBreak | Piece::HardBreak => true,
    })
}

/// Texts full of marks.
fn marked() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-z]{1,3}",
        1 => "[é漢🙂]",
        6 => proptest::sample::select(REPEATED.to_vec()).prop_map(str::to_owned),
        3 => proptest::sample::select(vec!["\n", "\n\n", " ", "  \n", "    ", "```", "](", ")", "]", "'", "\"", "#", "=", "---\n", "https://x.y/z", "javascript:x", "<b>", "</b>", "data:"]).prop_map(str::to_owned),
    ];
    proptest::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_word_is_lost_and_no_link_leads_elsewhere(text in marked()) {
        let tree = parse(&text);
        let read = readable(&tree);
        let letters = |of: &str| of.chars().filter(|c| c.is_alphabetic()).count();
        prop_assert!(letters(&read) >= letters(&text), "{read:?} of {tree:?}");
        prop_assert!(leads_well(&tree), "{tree:?}");
        prop_assert!(depth(&tree) <= DEPTH + 1);
    }

    #[test]
    fn any_text_at_all_can_be_read(text in "\\PC{0,200}") {
        prop_assert!(leads_well(&parse(&text)));
    }
}
