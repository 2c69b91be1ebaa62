//! What a file is, by its first bytes.
//!
//! Not here: a file's end. What begins as a picture is shown as one, and one that is broken shows as a broken picture: no type of
//! the list is ever run, whatever follows.

use std::str;

/// The first bytes of a file, which say what it is and how large its picture: the header of a photograph, in front of which a camera
/// writes its own notes, stands within them nearly always.
pub const HEAD_BYTES: usize = 64 * 1024;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A picture.
    Png,
    /// A photograph.
    Jpeg,
    /// A picture that may move.
    Gif,
    /// A picture.
    Webp,
    /// A picture.
    Avif,
    /// A film.
    Mp4,
    /// A film.
    Webm,
    /// Sound.
    Mp3,
    /// Sound.
    M4a,
    /// Sound.
    Ogg,
    /// Sound.
    Wav,
    /// A document.
    Pdf,
    /// An archive, or a document that is one.
    Zip,
    /// A text, of whatever language.
    Text,
    /// Anything else.
    Bytes,
}

/// The size of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pixels {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

/// Whether a content begins so.
type Sign = fn(&[u8]) -> bool;

/// How each kind is told from the others, the first that holds.
const SIGNS: [(Sign, Kind); 13] = [
    (infer::image::is_png, Kind::Png),
    (infer::image::is_jpeg, Kind::Jpeg),
    (infer::image::is_gif, Kind::Gif),
    (infer::image::is_webp, Kind::Webp),
    (infer::image::is_avif, Kind::Avif),
    (infer::audio::is_m4a, Kind::M4a),
    (infer::video::is_mp4, Kind::Mp4),
    (infer::video::is_webm, Kind::Webm),
    (infer::audio::is_mp3, Kind::Mp3),
    (infer::audio::is_ogg, Kind::Ogg),
    (infer::audio::is_wav, Kind::Wav),
    (infer::archive::is_pdf, Kind::Pdf),
    (infer::archive::is_zip, Kind::Zip),
];

impl Kind {
    /// Says it by the first [`HEAD_BYTES`], or by all that there is.
    #[must_use]
    pub fn of(head: &[u8]) -> Self {
        let sign = SIGNS.iter().find(|(is_it, _)| is_it(head));
        sign.map_or_else(|| if is_text(head) { Self::Text } else { Self::Bytes }, |(_, kind)| *kind)
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Avif => "image/avif",
            Self::Mp4 => "video/mp4",
            Self::Webm => "video/webm",
            Self::Mp3 => "audio/mpeg",
            Self::M4a => "audio/mp4",
            Self::Ogg => "audio/ogg",
            Self::Wav => "audio/wav",
            Self::Pdf => "application/pdf",
            Self::Zip => "application/zip",
            Self::Text => "text/plain; charset=utf-8",
            Self::Bytes => "application/octet-stream",
        }
    }

    /// Whether a browser may show what is of this type; everything else it saves.
    #[must_use]
    pub fn is_shown(media_type: &str) -> bool {
        ["image/", "video/", "audio/"].iter().any(|shown| media_type.starts_with(shown))
    }

    /// The size of the picture that begins so; `None` for what is none, or where its header does not say.
    #[must_use]
    pub fn pixels(self, head: &[u8]) -> Option<Pixels> {
        match self {
            Self::Png | Self::Jpeg | Self::Gif | Self::Webp => {
                let size = imagesize::blob_size(head).ok()?;
                let side = |pixels: usize| u32::try_from(pixels).ok().filter(|pixels| *pixels > 0);
                Some(Pixels { width: side(size.width)?, height: side(size.height)? })
            }
            Self::Avif
            | Self::Mp4
            | Self::Webm
            | Self::Mp3
            | Self::M4a
            | Self::Ogg
            | Self::Wav
            | Self::Pdf
            | Self::Zip
            | Self::Text
            | Self::Bytes => None,
        }
    }
}

/// UTF-8 without control characters; the last character may be cut.
fn is_text(head: &[u8]) -> bool {
    let text = match str::from_utf8(head) {
        Ok(text) => text,
        Err(broken) if broken.error_len().is_none() => {
            let (whole, _) = head.split_at(broken.valid_up_to());
            str::from_utf8(whole).unwrap_or("\0")
        }
        Err(_) => return false,
    };
    text.chars().all(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{c}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(head: &[u8]) -> &'static str {
        Kind::of(head).media_type()
    }

    #[test]
    fn what_a_page_runs_is_never_of_a_type_that_it_shows() {
        let scripts: [&[u8]; 7] = [
            b"<!DOCTYPE html><script>alert(1)</script>",
            b"<html>",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"<?xml version='1.0'?><svg/>",
            b"alert(1)",
            b"#!/bin/sh",
            b"MZ\x90\x00",
        ];
        for script in scripts {
            assert!(!Kind::is_shown(kind(script)), "{script:?}");
        }
    }

    #[test]
    fn a_text_is_one_even_if_its_last_character_is_cut() {
        assert_eq!(kind("naïve \u{1f600}".as_bytes()), "text/plain; charset=utf-8");
        assert_eq!(kind(b"na\xc3"), "text/plain; charset=utf-8");
        assert_eq!(kind(b"na\xc3 ve"), "application/octet-stream");
        assert_eq!(kind(b"a\0b"), "application/octet-stream");
    }

    #[test]
    fn a_kind_is_found_by_content() {
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n"), "image/png");
        assert_eq!(kind(b"\xff\xd8\xff\xe0"), "image/jpeg");
        assert_eq!(kind(b"RIFF\0\0\0\0WEBPVP8 "), "image/webp");
        assert_eq!(kind(b"RIFF\0\0\0\0WAVEfmt "), "audio/wav");
        assert_eq!(kind(b"%PDF-1.7"), "application/pdf");
        assert_eq!(kind(b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf"), "image/avif");
        assert_eq!(kind(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"), "video/mp4");
        assert_eq!(kind(b"PK\x03\x04"), "application/zip");
        assert_eq!(kind(b"OggS\0"), "audio/ogg");
    }

    #[test]
    fn the_size_of_a_picture_stands_in_its_header() {
        let gif = b"GIF89a\x40\x01\xf0\x00\x00\x00\x00";
        assert_eq!(Kind::of(gif).pixels(gif), Some(Pixels { width: 320, height: 240 }));
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x04\0\0\0\x03\0\x08\x06\0\0\0";
        assert_eq!(Kind::of(png).pixels(png), Some(Pixels { width: 1_024, height: 768 }));
        assert_eq!(Kind::of(&png[..12]).pixels(&png[..12]), None);
        assert_eq!(Kind::Bytes.pixels(png), None);
    }
}
