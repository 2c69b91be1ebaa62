//! From the parser's events to the tree.
//!
//! What is open lies on a stack, not in calls: a text that nests ten thousand quotes costs memory for as long as it is read, and no
//! reader any depth. Below [`DEPTH`] marks have no effect; what they hold stays.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use crate::{
    open::{Open, What},
    tree::{Block, Destination, Piece, Spacing},
};

/// How deep blocks and pieces nest at most, but for a paragraph in the deepest. People nest three or four; a reader may draw by recursion.
pub const DEPTH: usize = 16;

/// What `text` says. Time and memory grow with its length, whatever is in it.
#[must_use]
pub fn parse(text: &str) -> Vec<Block> {
    let mut builder =
        Builder { text, seen: 0, tags: Vec::new(), open: Vec::new(), top: Open::new(What::Top) };
    for (event, range) in Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
        builder.take(event, &range);
    }
    builder.show_unseen(text.len());
    builder.top.into_blocks()
}

/// What became of a tag.
enum Effect {
    /// It is the innermost of what is open.
    Opened,
    /// None: what it holds goes to what it stands in. Behind that stand these words, so that an address which leads nowhere is seen.
    Nothing(Option<String>),
}

struct Builder<'a> {
    text: &'a str,
    /// Up to where the text has been taken.
    seen: usize,
    tags: Vec<Effect>,
    open: Vec<Open>,
    top: Open,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, range: &Range<usize>) {
        self.show_unseen(range.start);
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range.end),
            Event::Rule => self.innermost().block(Block::Rule),
            Event::Code(code) => self.innermost().piece(Piece::Code(code.into_string())),
            Event::SoftBreak => self.innermost().piece(Piece::SoftBreak),
            Event::HardBreak => self.innermost().piece(Piece::HardBreak),
            // There is no HTML: what looks like it is what somebody wrote.
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.innermost().text(&text),
            // Not asked for, so they do not come; if they did, they would be words.
            Event::FootnoteReference(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.innermost().text(&text);
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        // What a container holds is still to come.
        let holds_blocks = matches!(tag, Tag::BlockQuote(_) | Tag::List(_) | Tag::Item);
        self.seen = if holds_blocks { range.start } else { range.end };
        if is_block(&tag.to_end()) {
            self.innermost().end_paragraph();
        }
        let behind = unlinked(&tag);
        let what = self.what(tag);
        self.tags.push(if what.is_some() { Effect::Opened } else { Effect::Nothing(behind) });
        self.open.extend(what.map(Open::new));
    }

    fn end(&mut self, tag: TagEnd, end: usize) {
        self.show_unseen(end);
        if is_block(&tag) {
            self.innermost().end_paragraph();
        }
        match self.tags.pop() {
            Some(Effect::Opened) => {
                if let Some(open) = self.open.pop() {
                    open.close(self.innermost());
                }
            }
            Some(Effect::Nothing(Some(behind))) => self.innermost().text(&behind),
            Some(Effect::Nothing(None)) | None => {}
        }
    }

    fn innermost(&mut self) -> &mut Open {
        self.open.last_mut().unwrap_or(&mut self.top)
    }

    /// What a tag opens; `None` where it has no effect.
    fn what(&self, tag: Tag<'_>) -> Option<What> {
        match tag {
            Tag::Paragraph => Some(What::Paragraph),
            Tag::HtmlBlock => Some(What::Lines),
            Tag::Heading { level, .. } => Some(What::Heading(number(level))),
            Tag::CodeBlock(kind) => Some(What::Code(info(kind))),
            _ if self.open.len() >= DEPTH => None,
            Tag::BlockQuote(_) => Some(What::Quote),
            Tag::List(first) => Some(What::List { first, spacing: Spacing::Tight, items: Vec::new() }),
            Tag::Item => Some(What::Item(Spacing::Tight)),
            Tag::Emphasis => Some(What::Emphasis),
            Tag::Strong => Some(What::Strong),
            Tag::Strikethrough => Some(What::Struck),
            // A picture is shown by its words: nobody's page loads what somebody else points to.
            Tag::Link { .. } | Tag::Image { .. } if self.is_in_link() => None,
            Tag::Link { link_type, dest_url, title, .. } | Tag::Image { link_type, dest_url, title, .. } => {
                let to = match link_type {
                    LinkType::Email => Destination::of(&format!("mailto:{dest_url}")),
                    _ => Destination::of(&dest_url),
                };
                Some(What::Link { to, title: title.into_string() })
            }
            // Not asked for.
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => None,
        }
    }

    /// At most [`DEPTH`] to look through.
    fn is_in_link(&self) -> bool {
        self.open.iter().any(|open| matches!(open.what, What::Link { .. }))
    }

    /// What is no block up to `end` is the definition of a link's address: the parser takes it and says nothing of it. A person who
    /// wrote `[1]: as agreed` would wonder where it went, so it stays as it was written.
    fn show_unseen(&mut self, end: usize) {
        let unseen = self.text.get(self.seen..end).unwrap_or_default();
        self.seen = self.seen.max(end);
        if unseen.contains("]:")
            && let Some(definition) = unseen.find('[').and_then(|at| unseen.get(at..))
        {
            self.innermost().end_paragraph();
            for line in definition.trim_end().lines() {
                // Marks of the quote that it stands in.
                self.innermost().text(line.trim_start_matches(['>', ' ', '\t']));
                self.innermost().piece(Piece::SoftBreak);
            }
            self.innermost().end_paragraph();
        }
    }
}

/// What a link says besides what it holds; an address between angle brackets holds itself.
fn unlinked(tag: &Tag<'_>) -> Option<String> {
    match tag {
        Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => None,
        Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. } => {
            Some([" (", dest_url, if title.is_empty() { "" } else { " " }, title, ")"].concat())
        }
        _ => None,
    }
}

const fn is_block(tag: &TagEnd) -> bool {
    match tag {
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image => false,
        TagEnd::Superscript | TagEnd::Subscript => false,
        TagEnd::Paragraph
        | TagEnd::Heading(_)
        | TagEnd::BlockQuote(_)
        | TagEnd::CodeBlock
        | TagEnd::HtmlBlock
        | TagEnd::List(_)
        | TagEnd::Item
        | TagEnd::FootnoteDefinition
        | TagEnd::DefinitionList
        | TagEnd::DefinitionListTitle
        | TagEnd::DefinitionListDefinition
        | TagEnd::Table
        | TagEnd::TableHead
        | TagEnd::TableRow
        | TagEnd::TableCell
        | TagEnd::MetadataBlock(_) => true,
    }
}

const fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn info(kind: CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Indented => String::new(),
        CodeBlockKind::Fenced(info) => info.into_string(),
    }
}
