//! What is read out: what is new and somebody else's, once.

use frontend::components::announced::news;
use protocol::Seq;

use crate::drawing::{ada, bob, message, row, seq};

fn told(author: protocol::Member, after: Option<Seq>) -> bool {
    news(&[row(message(7, author, "hello"))], &ada().id, after).is_some()
}

#[test]
fn a_new_message_of_somebody_else_is_read_out() {
    assert!(told(bob(), Some(seq(6))));
    assert!(told(bob(), None), "the first message of an empty room is new");
}

#[test]
fn what_was_there_already_and_what_is_ones_own_is_not() {
    assert!(!told(bob(), Some(seq(7))));
    assert!(!told(ada(), Some(seq(6))));
}
