//! The tree as the specification writes it, to compare. Nothing that ships writes HTML.

use markup::{Block, Link, Piece, Spacing, parse};
use pulldown_cmark_escape::escape_href;

/// What the specification would write for `text`.
pub fn of(text: &str) -> String {
    let mut html = String::new();
    blocks(&parse(text), &mut html);
    html
}

fn blocks(of: &[Block], html: &mut String) {
    for block in of {
        self::block(block, html);
    }
}

fn block(block: &Block, html: &mut String) {
    match block {
        Block::Paragraph(inner) => tagged("p", inner, html),
        Block::Heading { level, pieces } => tagged(&format!("h{level}"), pieces, html),
        Block::Rule => html.push_str("<hr />\n"),
        Block::Quote(inner) => {
            html.push_str("<blockquote>\n");
            blocks(inner, html);
            html.push_str("</blockquote>\n");
        }
        Block::Code { info, text } => {
            let class =
                info.split_whitespace().next().map(|word| format!(" class=\"language-{}\"", escaped(word)));
            let class = class.unwrap_or_default();
            html.push_str(&format!("<pre><code{class}>{}</code></pre>\n", escaped(text)));
        }
        Block::List { first, spacing, items } => {
            let (opening, tag) = match first {
                None => ("<ul>".to_owned(), "ul"),
                Some(1) => ("<ol>".to_owned(), "ol"),
                Some(first) => (format!("<ol start=\"{first}\">"), "ol"),
            };
            html.push_str(&format!("{opening}\n"));
            items.iter().for_each(|item| self::item(item, *spacing, html));
            html.push_str(&format!("</{tag}>\n"));
        }
    }
}

/// Paragraphs of a tight list have no tag.
fn item(item: &[Block], spacing: Spacing, html: &mut String) {
    html.push_str("<li>");
    for (nth, block) in item.iter().enumerate() {
        match (block, spacing) {
            (Block::Paragraph(inner), Spacing::Tight) => {
                pieces(inner, html);
                if nth + 1 < item.len() {
                    html.push('\n');
                }
            }
            _ => {
                if nth == 0 {
                    html.push('\n');
                }
                self::block(block, html);
            }
        }
    }
    html.push_str("</li>\n");
}

fn tagged(tag: &str, inner: &[Piece], html: &mut String) {
    html.push_str(&format!("<{tag}>"));
    pieces(inner, html);
    html.push_str(&format!("</{tag}>\n"));
}

fn pieces(of: &[Piece], html: &mut String) {
    for piece in of {
        self::piece(piece, html);
    }
}

fn piece(piece: &Piece, html: &mut String) {
    let mut around = |tag: &str, inner: &[Piece]| {
        html.push_str(&format!("<{tag}>"));
        pieces(inner, html);
        html.push_str(&format!("</{tag}>"));
    };
    match piece {
        Piece::Emphasis(inner) => around("em", inner),
        Piece::Strong(inner) => around("strong", inner),
        Piece::Struck(inner) => around("del", inner),
        Piece::Text(text) => html.push_str(&escaped(text)),
        Piece::Code(code) => html.push_str(&format!("<code>{}</code>", escaped(code))),
        Piece::SoftBreak => html.push('\n'),
        Piece::HardBreak => html.push_str("<br />\n"),
        Piece::Link(Link { to, title, content }) => {
            let mut address = String::new();
            escape_href(&mut address, to.written()).expect("a string takes all");
            let title =
                if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(title)) };
            html.push_str(&format!("<a href=\"{address}\"{title}>"));
            pieces(content, html);
            html.push_str("</a>");
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
