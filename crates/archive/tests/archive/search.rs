//! Search: what is found, in which order, with what highlighted; and that the index is never out of step with the messages.

use archive::{Anchor, Archive, BadWords, Bounds, Search, Sql, Value, Words};
use protocol::{Millis, Seq, encode, http::SearchPage};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::given::{self, Driver, PLENTY, Pen, append_all, id, room, seq};

const NOTHING: [u64; 0] = [];
/// What a highlight of one run adds to a message's JSON, and a little more.
const HIGHLIGHT: usize = 40;

fn words(typed: &str) -> Search {
    Search { words: Some(Words::parse(typed).unwrap()), ..Search::default() }
}

fn find(archive: &Archive<impl Sql>, search: &Search) -> SearchPage {
    archive.search(search, &id("ada"), PLENTY).unwrap()
}

fn seqs(found: &SearchPage) -> Vec<u64> {
    found.messages.iter().map(|hit| hit.message.seq.value()).collect()
}

fn found(archive: &Archive<impl Sql>, typed: &str) -> Vec<u64> {
    seqs(&find(archive, &words(typed)))
}

fn talk() -> Archive<Driver> {
    let (archive, mut pen) = (room(), Pen::default());
    let events = [
        pen.says("ada", "The quick brown fox"),
        pen.says("bob", "jumps over the lazy dog"),
        pen.says("ada", "Brown bears are QUICK"),
        pen.says("cy-1_2", "naïve Crème brûlée, 2026"),
        pen.says("bob", "a brown quick fox"),
    ];
    append_all(&archive, &events);
    archive
}

#[test]
fn all_words_must_be_there_in_any_order_and_any_case_and_the_newest_comes_first() {
    let archive = talk();

    assert_eq!(found(&archive, "quick brown"), [5, 3, 1]);
    assert_eq!(found(&archive, "FOX"), [5, 1]);
    assert_eq!(found(&archive, "fox dog"), NOTHING);
}

#[test]
fn a_phrase_is_found_as_it_stands_and_a_prefix_by_how_it_begins() {
    let archive = talk();

    assert_eq!(found(&archive, "\"quick brown\""), [1]);
    assert_eq!(found(&archive, "bro*"), [5, 3, 1]);
    assert_eq!(found(&archive, "bro"), NOTHING);
    assert_eq!(found(&archive, "\"brown be\"*"), [3]);
    assert_eq!(found(&archive, "la* ju*"), [2]);
}

#[test]
fn accents_and_signs_do_not_hide_a_word() {
    let archive = talk();

    assert_eq!(found(&archive, "naive brulee"), [4]);
    assert_eq!(found(&archive, "CRÈME 2026!"), [4]);
}

#[test]
fn an_author_is_exactly_the_one_who_was_named() {
    let archive = talk();
    let by = |author: &str, typed: Option<&str>| {
        let words = typed.map(|typed| Words::parse(typed).unwrap());
        seqs(&find(&archive, &Search { words, author: Some(id(author)), ..Search::default() }))
    };

    assert_eq!(by("ada", Some("brown")), [3, 1]);
    assert_eq!(by("bob", None), [5, 2]);
    assert_eq!(by("cy-1_2", None), [4]);
    // The index reads both as the same words; the column does not.
    assert_eq!(by("cy_1-2", None), NOTHING);
    assert_eq!(by("Ada", None), NOTHING);
}

#[test]
fn an_authors_name_is_not_found_in_texts_nor_the_other_way_round() {
    let archive = talk();

    assert_eq!(found(&archive, "bob"), NOTHING);
    assert_eq!(seqs(&find(&archive, &Search { author: Some(id("fox")), ..Search::default() })), NOTHING);
}

#[test]
fn what_was_written_before_or_after_an_instant_leaves_the_instant_itself_out() {
    let archive = talk();
    let between = |after: Option<u64>, before: Option<u64>| {
        let search = Search { after_at: after.map(Millis), before_at: before.map(Millis), ..words("bro*") };
        seqs(&find(&archive, &search))
    };

    // Message n was written at 2,000 + n.
    assert_eq!(between(Some(2_001), None), [5, 3]);
    assert_eq!(between(None, Some(2_005)), [3, 1]);
    assert_eq!(between(Some(2_001), Some(2_005)), [3]);
    assert_eq!(between(Some(2_005), None), NOTHING);
    assert_eq!(between(Some(0), Some(u64::MAX)), [5, 3, 1]);
}

#[test]
fn an_instant_is_found_among_the_events_wherever_it_lies() {
    let archive = talk();
    let at = |at| archive.seq_at(Millis(at)).unwrap().value();

    assert_eq!([0, 2_001, 2_002, 2_005, 2_006, u64::MAX].map(at), [1, 1, 2, 5, 6, 6]);
    assert_eq!(room().seq_at(Millis(5)).unwrap(), seq(1));
}

#[test]
fn pages_of_hits_join_without_a_hole_or_a_repeat_and_the_last_says_so() {
    let (archive, mut pen) = (room(), Pen::default());
    let events: Vec<_> = (0..25).map(|n| pen.says("ada", if n % 3 == 0 { "yes" } else { "no" })).collect();
    append_all(&archive, &events);

    let (mut all, mut before) = (Vec::new(), None);
    loop {
        let bounds = Bounds { count: 3, ..PLENTY };
        let page = archive.search(&Search { before, ..words("yes") }, &id("ada"), bounds).unwrap();
        all.extend(seqs(&page));
        before = page.next;
        if before.is_none() {
            break;
        }
    }

    assert_eq!(all, [25, 22, 19, 16, 13, 10, 7, 4, 1]);
}

#[test]
fn a_page_that_is_cut_at_the_bytes_gives_one_hit_in_any_case_and_says_that_there_are_more() {
    let archive = talk();
    let page = |bytes| {
        let page = archive.search(&words("brown"), &id("ada"), Bounds { count: 50, bytes }).unwrap();
        (seqs(&page), page.next)
    };
    let hits = find(&archive, &words("brown")).messages;
    let two: usize = hits[..2].iter().map(|hit| encode(&hit.message).len() + HIGHLIGHT).sum();

    assert_eq!(page(0), (vec![5], Some(seq(5))));
    assert_eq!(page(two), (vec![5, 3], Some(seq(3))));
    assert_eq!(page(2 * two), (vec![5, 3, 1], None));
}

#[test]
fn what_was_looked_for_is_highlighted_by_its_scalar_values() {
    let (archive, mut pen) = (room(), Pen::default());
    let texts = ["👩‍👩‍👧 brûlée and BRULEE", "\u{1}mark\u{2} the \u{2}mark\u{1}", "one two three", "mark\0mark"];
    append_all(&archive, &texts.map(|text| pen.says("ada", text)));
    let highlit = |typed: &str, at: u64| {
        let hits = find(&archive, &words(typed)).messages;
        hits.into_iter().find(|hit| hit.message.seq == seq(at)).unwrap().highlight
    };

    assert_eq!(highlit("brulee", 1), [(6, 12), (17, 23)]);
    assert_eq!(highlit("\"two three\"", 3), [(4, 13)]);
    assert_eq!(highlit("tw*", 3), [(4, 7)]);
    // A text's own marks are no marks. One that stands right behind a hit is taken in.
    assert_eq!(highlit("the", 2), [(7, 10)]);
    assert_eq!(highlit("mark", 2), [(1, 6), (12, 16)]);
    assert_eq!(highlit("mark", 4), [(0, 4)]);
}

#[test]
fn a_hit_is_the_message_as_its_reader_sees_it_in_the_history() {
    let (archive, mut pen) = (room(), Pen::default());
    let events = [
        pen.says("bob", "what was it?"),
        pen.replies("ada", 1, "the answer"),
        pen.edits("ada", 2, "another answer"),
        pen.reacts("bob", 2, "👍"),
        pen.reacts("ada", 2, "👍"),
    ];
    append_all(&archive, &events);
    let history = archive.messages(Anchor::Newest, &id("ada"), PLENTY).unwrap();

    let hits = find(&archive, &words("answer")).messages;

    assert_eq!(hits.len(), 1);
    assert_eq!(Some(&hits[0].message), history.messages.last());
}

#[test]
fn an_edit_moves_a_message_to_its_new_words_and_a_deletion_takes_it_out() {
    let (archive, mut pen) = (room(), Pen::default());
    append_all(&archive, &[pen.says("ada", "first"), pen.edits("ada", 1, "second")]);
    assert_eq!((found(&archive, "first"), found(&archive, "second")), (vec![], vec![1]));

    append_all(&archive, &[pen.deletes("ada", 1), pen.edits("ada", 1, "third"), pen.deletes("ada", 1)]);

    assert_eq!((found(&archive, "second"), found(&archive, "third")), (vec![], vec![]));
    assert_eq!(seqs(&find(&archive, &Search { author: Some(id("ada")), ..Search::default() })), NOTHING);
}

#[test]
fn no_word_of_a_deleted_message_is_left_in_the_index() {
    let database = given::driver();
    let archive = Archive::open(&database).unwrap();
    let mut pen = Pen::default();
    // Enough that the index is merged and written out more than once.
    let mut events: Vec<_> = (0..200).map(|n| pen.says("ada", &format!("ordinary {n}"))).collect();
    events.push(pen.says("ada", "qwertzuiop is the secret"));
    events.extend((0..200).map(|n| pen.says("bob", &format!("later {n}"))));
    events.iter().for_each(|event| given::append(&archive, event).unwrap());
    let holds = |word: &str| index(&database).contains(&hex(word));
    assert!(holds("qwertzuiop"));

    append_all(&archive, &[pen.deletes("ada", 201)]);

    assert!(!holds("qwertzuiop") && holds("later"));
}

/// All that the index has written, in hexadecimal: the drivers give no bytes.
fn index(database: &Driver) -> String {
    let rows = database.query("SELECT hex(block) FROM search_data", &[]).unwrap();
    rows.into_iter()
        .map(|row| if let Value::Text(hex) = &row[0] { hex.clone() } else { String::new() })
        .collect()
}

fn hex(word: &str) -> String {
    word.bytes().map(|byte| format!("{byte:02X}")).collect()
}

#[test]
fn whatever_is_typed_is_looked_for_or_refused_and_never_breaks_the_index() {
    let archive = talk();
    let typed = [
        "fox\"",
        "\"",
        "AND",
        "NEAR(a b)",
        "text:fox",
        "-fox",
        "^fox",
        "fo*x",
        "{fox}",
        "fox;--",
        "'",
        "a\0b",
        "*",
        "()",
        "fox + dog",
        "NOT fox",
        "\u{2028}",
        "fox\u{feff}",
        "ﬁ",
        "👍",
        "٣",
        "中文",
    ];
    for typed in typed {
        if let Ok(words) = Words::parse(typed) {
            let search = Search { words: Some(words), ..Search::default() };
            assert!(archive.search(&search, &id("ada"), PLENTY).is_ok(), "{typed}");
        }
    }
    assert_eq!(found(&archive, "fox;--"), [5, 1]);
    assert_eq!(Words::parse("👍"), Err(BadWords::None));
}

#[test]
fn without_words_and_author_nothing_is_found() {
    assert_eq!(find(&talk(), &Search::default()), SearchPage { messages: vec![], next: None });
}

#[test]
fn what_a_version_without_search_wrote_can_be_found() {
    let archive = Archive::open(given::written(include_str!("golden/migration_1.sql"))).unwrap();

    assert_eq!(found(&archive, "here"), [1]);
    assert_eq!(found(&archive, "mistake"), NOTHING);
    assert_eq!(archive.events_after(Seq::ZERO, PLENTY).unwrap().len(), 10);
}
