//! Files in, functions and tables out; and what a language must have.

use expect_test::expect;
use words::{Fault, Language, Words};

fn hold(english: &str, german: &str) -> Result<Words, Fault> {
    Words::hold(vec![Language::parse("en", english)?, Language::parse("de", german)?])
}

fn fault(english: &str, german: &str) -> String {
    hold(english, german).expect_err("a fault").to_string()
}

/// Marks as people can read them.
fn readable(table: &str) -> String {
    table.replace('\u{1}', "<").replace('\u{2}', "{").replace('\u{3}', "|").replace('\u{4}', "}")
}

#[test]
fn a_key_that_is_missing_is_named() {
    assert_eq!(fault("hello = Hello\nbye = Bye", "hello = Hallo"), "de.ftl has no bye: add it");
    assert_eq!(
        fault("hello = Hello", "hello = Hallo\nbye = Tschüs"),
        "de.ftl has bye, which en.ftl has not: nobody would see it"
    );
    assert_eq!(fault("hello = Hello\nhello = Hi", ""), "en.ftl has hello twice: take one out");
}

#[test]
fn an_argument_that_is_missing_or_of_another_kind_is_named() {
    assert_eq!(
        fault("hello = Hello { $name }", "hello = Hallo"),
        "de.ftl, hello: its arguments are none, but en.ftl has $name"
    );
    assert_eq!(
        fault("left = { NUMBER($count) } left", "left = noch { $count }"),
        "de.ftl, left: its arguments are $count, but en.ftl has NUMBER($count)"
    );
}

#[test]
fn what_the_tables_do_not_know_is_refused_and_named() {
    let unknown = |text: &str| Language::parse("en", text).expect_err("a fault").to_string();
    assert!(unknown("a = { b }").contains("en.ftl, a: the reference to b is not known here"));
    assert!(unknown("a = { $n ->\n    [few] x\n   *[other] y\n }").contains("a choice without [one]"));
    assert!(unknown("a = A\n    .title = T").contains("an attribute"));
    assert!(unknown("-brand = B").contains("a term"));
    assert!(unknown("a = { DATETIME($at) }").contains("the function DATETIME"));
    assert!(unknown("no message").contains("is not Fluent at byte"));
}

#[test]
fn a_table_has_a_line_a_message_in_the_order_of_the_first_language_and_places_by_name() {
    let english = "two = { $one } and { $two }\n\
                   people = { $count ->\n    [one] { $count } person\n   *[other] { $count } people\n } here\n\
                   page-hello = Hello\n\
                   problem-busy = Busy.";
    let german = "problem-busy = Zu tun.\npage-hello = Hallo\n\
                  people = { $count ->\n    [one] { $count } Person\n   *[other] { $count } Personen\n } hier\n\
                  two = { $two } nach { $one }";
    let words = hold(english, german).expect("words");
    expect![[r#"
        <0 and <1
        {0<0 person|<0 people} here
        Hello"#]]
    .assert_eq(&readable(&words.table("en").expect("English")));
    expect![[r#"
        <1 nach <0
        {0<0 Person|<0 Personen} hier
        Hallo
        busy	Zu tun."#]]
    .assert_eq(&readable(&words.table("de").expect("German")));
    assert_eq!(words.page().collect::<Vec<_>>(), [("hello", "Hello".to_owned(), 2)]);
    assert_eq!(words.keys().collect::<Vec<_>>(), ["two", "people"]);
    assert_eq!(words.codes().collect::<Vec<_>>(), ["busy"]);
}

#[test]
fn a_message_becomes_a_function_with_its_arguments() {
    let english = "page-hello = Hello\nrooms = Rooms\nwaits = { $name } waits { NUMBER($a) } s";
    let words = hold(english, english).expect("words");
    expect![[r#"
        /// Rooms
        #[must_use]
        pub fn rooms() -> &'static str {
            line(1, "Rooms")
        }
        /// `name` waits `a` s
        #[must_use]
        pub fn waits(name: &str, a: impl Into<Count>) -> String {
            filled(2, "\u{1}1 waits \u{1}0 s", &[Value::Number(a.into()), Value::Text(name)])
        }
    "#]]
    .assert_eq(&words.functions());
}
