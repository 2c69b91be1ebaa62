//! What is open while a text is read: what it will be, and what it holds so far.
//!
//! Invariant: pieces that wait belong to one paragraph, which ends before any block is taken.

use crate::{
    bare,
    tree::{Block, Destination, Link, Piece, Spacing},
};

/// What an open tag will be.
pub(crate) enum What {
    /// The whole text.
    Top,
    Paragraph,
    /// Lines that look like HTML.
    Lines,
    Heading(u8),
    Quote,
    List {
        first: Option<u64>,
        spacing: Spacing,
        items: Vec<Vec<Block>>,
    },
    Item(Spacing),
    Code(String),
    Emphasis,
    Strong,
    Struck,
    Link {
        to: Destination,
        title: String,
    },
}

/// An open tag.
pub(crate) struct Open {
    pub(crate) what: What,
    blocks: Vec<Block>,
    pieces: Vec<Piece>,
}

impl Open {
    pub(crate) const fn new(what: What) -> Self {
        Self { what, blocks: Vec::new(), pieces: Vec::new() }
    }

    /// Takes words; those that follow each other are one text.
    pub(crate) fn text(&mut self, words: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Text(text)) => text.push_str(words),
            _ if words.is_empty() => {}
            _ => self.pieces.push(Piece::Text(words.to_owned())),
        }
    }

    pub(crate) fn piece(&mut self, piece: Piece) {
        self.pieces.push(piece);
    }

    pub(crate) fn block(&mut self, block: Block) {
        self.end_paragraph();
        self.blocks.push(block);
    }

    /// Pieces that stand right in an item, or in what marks too deep have left, are a paragraph.
    pub(crate) fn end_paragraph(&mut self) {
        match self.what {
            What::Top | What::Quote | What::List { .. } | What::Item(_) if !self.pieces.is_empty() => {
                let pieces = self.take_pieces();
                self.blocks.push(Block::Paragraph(pieces));
            }
            _ => {}
        }
    }

    /// The blocks, with what waited as the last.
    pub(crate) fn into_blocks(mut self) -> Vec<Block> {
        self.end_paragraph();
        self.blocks
    }

    /// Becomes what it was to be, in what it stands in.
    pub(crate) fn close(mut self, within: &mut Self) {
        match std::mem::replace(&mut self.what, What::Top) {
            What::Top => {}
            What::Paragraph => {
                if let What::Item(spacing) = &mut within.what {
                    *spacing = Spacing::Loose;
                }
                within.block(Block::Paragraph(self.take_pieces()));
            }
            What::Lines => within.block(Block::Paragraph(self.take_pieces())),
            What::Heading(level) => within.block(Block::Heading { level, pieces: self.take_pieces() }),
            What::Quote => within.block(Block::Quote(self.into_blocks())),
            What::List { first, spacing, mut items } => {
                // What items too deep have left.
                let left = self.into_blocks();
                if !left.is_empty() {
                    items.push(left);
                }
                within.block(Block::List { first, spacing, items });
            }
            What::Item(spacing) => within.item(spacing, self.into_blocks()),
            What::Code(info) => within.block(Block::Code { info, text: self.lines() }),
            What::Emphasis => within.piece(Piece::Emphasis(self.pieces)),
            What::Strong => within.piece(Piece::Strong(self.pieces)),
            What::Struck => within.piece(Piece::Struck(self.pieces)),
            What::Link { to, title } => within.piece(Piece::Link(Link { to, title, content: self.pieces })),
        }
    }

    /// One loose item makes the list loose.
    fn item(&mut self, item_spacing: Spacing, blocks: Vec<Block>) {
        match &mut self.what {
            What::List { spacing, items, .. } => {
                if item_spacing == Spacing::Loose {
                    *spacing = Spacing::Loose;
                }
                items.push(blocks);
            }
            _ => blocks.into_iter().for_each(|block| self.block(block)),
        }
    }

    /// What waited, without the line ends behind it.
    fn take_pieces(&mut self) -> Vec<Piece> {
        while let Some(last) = self.pieces.last_mut() {
            match last {
                Piece::SoftBreak => {}
                Piece::Text(text) => {
                    text.truncate(text.trim_end_matches('\n').len());
                    if !text.is_empty() {
                        break;
                    }
                }
                _ => break,
            }
            self.pieces.pop();
        }
        bare::link(std::mem::take(&mut self.pieces))
    }

    fn lines(self) -> String {
        let words = self.pieces.into_iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(text),
            _ => None,
        });
        words.collect()
    }
}
