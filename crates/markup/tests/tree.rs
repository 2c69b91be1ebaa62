//! What a text's tree is, for what people write: one rule each, printed.
#![cfg(not(target_arch = "wasm32"))]

use expect_test::{Expect, expect};
use markup::{Block, Destination, Link, Piece, Spacing, parse};

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&blocks(&parse(text)).join("\n"));
}

fn blocks(of: &[Block]) -> Vec<String> {
    of.iter().flat_map(block).collect()
}

/// A block's lines.
fn block(block: &Block) -> Vec<String> {
    match block {
        Block::Paragraph(inner) => vec![pieces(inner)],
        Block::Heading { level, pieces: inner } => vec![format!("heading {level}: {}", pieces(inner))],
        Block::Quote(inner) => within("quote", inner),
        Block::Code { info, text } => vec![format!("code in {info:?}: {text:?}")],
        Block::List { first, spacing, items } => {
            let number = first.map_or_else(|| "list".to_owned(), |first| format!("list from {first}"));
            let name = if *spacing == Spacing::Loose { format!("loose {number}") } else { number };
            let items = items.iter().flat_map(|item| within("item", item)).map(|line| format!("  {line}"));
            std::iter::once(name).chain(items).collect()
        }
        Block::Rule => vec!["rule".to_owned()],
    }
}

fn within(name: &str, inner: &[Block]) -> Vec<String> {
    let inner = blocks(inner).into_iter().map(|line| format!("  {line}"));
    std::iter::once(name.to_owned()).chain(inner).collect()
}

fn pieces(of: &[Piece]) -> String {
    of.iter().map(piece).collect()
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Text(text) => text.clone(),
        Piece::Emphasis(inner) => format!("{{emphasis {}}}", pieces(inner)),
        Piece::Strong(inner) => format!("{{strong {}}}", pieces(inner)),
        Piece::Struck(inner) => format!("{{struck {}}}", pieces(inner)),
        Piece::Code(code) => format!("{{code {code}}}"),
        Piece::SoftBreak => "{soft}".to_owned(),
        Piece::HardBreak => "{hard}".to_owned(),
        Piece::Link(Link { to: Destination::Address(address), content, .. }) => {
            format!("{{to {} {}}}", address.as_str(), pieces(content))
        }
        Piece::Link(Link { to: Destination::Refused(written), content, .. }) => {
            format!("{{not to {written} {}}}", pieces(content))
        }
    }
}

#[test]
fn a_text_without_marks_is_one_paragraph_with_its_lines() {
    check("one\ntwo", &expect!["one{soft}two"]);
}

#[test]
fn words_can_be_stressed_and_taken_back() {
    check(
        "*a* __b__ ~~c~~ **d *e* ~f~**",
        &expect!["{emphasis a} {strong b} {struck c} {strong d {emphasis e} {struck f}}"],
    );
}

#[test]
fn code_is_as_it_was_written() {
    check("run `curl http://x *now*`", &expect!["run {code curl http://x *now*}"]);
    check(
        "so:\n```rust\nfn a() {}\n\n*b*\n```\nright?",
        &expect![[r#"
        so:
        code in "rust": "fn a() {}\n\n*b*\n"
        right?"#]],
    );
    check("```\nopen for ever", &expect![[r#"code in "": "open for ever""#]]);
}

#[test]
fn quotes_and_lists_nest() {
    check(
        "> a\n> - b\n> - c\n>   1. d\n\n3. e\n\n4. f",
        &expect![[r#"
        quote
          a
          list
            item
              b
            item
              c
              list from 1
                item
                  d
        loose list from 3
          item
            e
          item
            f"#]],
    );
}

#[test]
fn a_link_leads_only_where_it_may() {
    check("[a](https://example.org)", &expect!["{to https://example.org a}"]);
    check("<ada@example.org>", &expect!["{to mailto:ada@example.org ada@example.org}"]);
    check("[a](javascript:alert(1))", &expect!["{not to javascript:alert(1) a}"]);
    check("[a](JAVASCRIPT&colon;alert(1))", &expect!["{not to JAVASCRIPT:alert(1) a}"]);
    check("[a](/path) <ftp://b>", &expect!["{not to /path a} {not to ftp://b ftp://b}"]);
}

#[test]
fn an_address_without_marks_is_a_link_but_not_within_another_or_in_code() {
    check(
        "see *https://example.org/a_b_c*.",
        &expect!["see {emphasis {to https://example.org/a_b_c https://example.org/a_b_c}}."],
    );
    check("[http://a](https://b)", &expect!["{to https://b http://a}"]);
    check(
        "- https://example.org",
        &expect![[r#"
        list
          item
            {to https://example.org https://example.org}"#]],
    );
}

#[test]
fn what_looks_like_html_is_text() {
    check("a <b onclick=\"x\">c</b> &lt;i&gt;", &expect![[r#"a <b onclick="x">c</b> <i>"#]]);
    check(
        "<script>\nalert(1)\n</script>\n\n*b*",
        &expect![[r#"
        <script>
        alert(1)
        </script>
        {emphasis b}"#]],
    );
}

#[test]
fn a_picture_is_its_words_with_a_link() {
    check("![a *b*](https://example.org/c.png)", &expect!["{to https://example.org/c.png a {emphasis b}}"]);
    check("[![a](https://b)](https://c)", &expect!["{to https://c a (https://b)}"]);
}

#[test]
fn a_link_that_stands_too_deep_for_its_mark_still_says_where_it_leads() {
    let deep = format!("{}[a](https://b \"c\") <https://d>", "> ".repeat(20));
    let drawn = blocks(&parse(&deep)).concat();
    assert!(drawn.contains("a ({to https://b https://b} c) {to https://d https://d}"), "{drawn}");
}

#[test]
fn the_definition_of_a_link_stays_to_be_seen() {
    check("[1]: as-agreed", &expect!["[1]: as-agreed"]);
    check(
        "[a] b\n\n[a]: https://c\n[a]: https://d\n\ne",
        &expect![[r#"
        {to https://c a} b
        [a]: {to https://c https://c}{soft}[a]: {to https://d https://d}
        e"#]],
    );
    check(
        "> a\n>\n> [b]: c\n> 'd'\n\n- [e]: f\n- g",
        &expect![[r#"
        quote
          a
          [b]: c{soft}'d'
        list
          item
            [e]: f
          item
            g"#]],
    );
    check(
        "- no [definition]: of anything",
        &expect![[r#"
        list
          item
            no [definition]: of anything"#]],
    );
}
