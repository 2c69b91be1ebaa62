//! What anybody may send: no content and no header makes any of this panic, and none gets more shown than a picture, a film or sound.
#![cfg(not(target_arch = "wasm32"))]

use files::{FileName, Kind, Part};
use proptest::{
    collection::vec,
    prelude::{Strategy, any},
    proptest,
    sample::select,
};

/// How contents begin that are then read on for the size of a picture.
const BEGINNINGS: [&[u8]; 6] = [
    b"",
    b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR",
    b"\xff\xd8\xff\xe1",
    b"GIF89a",
    b"RIFF\0\0\0\0WEBPVP8X",
    b"\0\0\0\x1cftypavif",
];

fn contents() -> impl Strategy<Value = Vec<u8>> {
    (select(&BEGINNINGS[..]), vec(any::<u8>(), 0..2_000)).prop_map(|(begins, rest)| [begins, &rest].concat())
}

proptest! {
    #[test]
    fn any_content_has_a_kind_and_its_picture_a_size_or_none(content in contents()) {
        let kind = Kind::of(&content);
        let size = kind.pixels(&content);
        assert!(size.is_none_or(|size| size.width > 0 && size.height > 0));
    }

    #[test]
    fn any_header_is_a_name_that_fits_one_line_and_one_segment_of_a_path(header in ".{0,400}") {
        if let Ok(name) = FileName::parse(&header) {
            let name = name.as_str();
            assert!((1..=200).contains(&name.chars().count()));
            assert!(!name.contains(['/', '\\']) && !name.chars().any(char::is_control));
            let disposition = FileName::disposition(name, false);
            assert!(disposition.is_ascii() && disposition.matches('"').count() == 2);
        }
    }

    #[test]
    fn any_range_lies_within_the_file(range in "(bytes=)?[0-9]{0,21}-[0-9]{0,21}", size in 1_u64..1_000) {
        if let Part::Span { first, last } = Part::of(Some(&range), size) {
            assert!(first <= last && last < size);
        }
    }
}
