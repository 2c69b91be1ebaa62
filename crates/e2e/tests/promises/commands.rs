//! Every reject code that can be reached, by the command that reaches it.

use e2e::{
    Guest,
    minted::{draft, fresh_id},
    socket::Reject,
};
use protocol::{ClientFrame, Draft, MemberId, RejectCode, Seq, limits};

use crate::server;

fn send(draft: Draft) -> ClientFrame {
    ClientFrame::Send { id: fresh_id(), draft }
}

fn edit(seq: Seq, text: &str) -> ClientFrame {
    ClientFrame::Edit { id: fresh_id(), seq, text: text.to_owned() }
}

fn react(seq: Seq, emoji: &str) -> ClientFrame {
    ClientFrame::React { id: fresh_id(), seq, emoji: emoji.to_owned(), on: true }
}

fn for_good(code: RejectCode) -> impl Fn(&Reject) -> bool {
    move |reject| reject.code == code && !reject.retryable && reject.retry_after_ms.is_none()
}

#[tokio::test]
async fn a_text_has_1_to_4000_scalars_after_trimming() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let longest = "é".repeat(limits::TEXT_SCALARS);

    let empty = socket.refused(&send(draft(" \n\t "))).await;
    let long = socket.refused(&send(draft(&format!("{longest}é")))).await;
    let seq = socket.say(&format!("  {longest}\n")).await.seq.expect("a seq");

    assert!(for_good(RejectCode::Empty)(&empty), "{empty:?}");
    assert!(for_good(RejectCode::TooLong)(&long), "{long:?}");
    assert_eq!(ada.messages(&room, "").await.messages[0].text, longest, "it is kept trimmed");
    assert!(for_good(RejectCode::Empty)(&socket.refused(&edit(seq, " ")).await));
    assert!(for_good(RejectCode::TooLong)(&socket.refused(&edit(seq, &format!("{longest}é"))).await));
}

#[tokio::test]
async fn a_message_mentions_at_most_20_members() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let calling = |members: usize| Draft {
        mentions: (0..members).map(|n| MemberId::parse(&format!("m-{n}")).expect("a good id")).collect(),
        ..draft("hey")
    };

    let ack = socket.say_draft(calling(limits::MENTIONS)).await;
    let refused = socket.refused(&send(calling(limits::MENTIONS + 1))).await;

    assert!(for_good(RejectCode::TooMany)(&refused), "{refused:?}");
    let page = ada.messages(&room, "").await;
    assert_eq!(
        page.messages.iter().map(|m| (Some(m.seq), m.mentions.len())).collect::<Vec<_>>(),
        [(ack.seq, 20)]
    );
}

#[tokio::test]
async fn a_message_bears_at_most_20_different_emoji() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let seq = socket.say("react to this").await.seq.expect("a seq");
    let emoji: Vec<String> = ('😀'..='😔').map(String::from).collect();
    assert_eq!(emoji.len(), limits::REACTIONS + 1);

    for one in &emoji[..limits::REACTIONS] {
        socket.command(&react(seq, one)).await;
    }
    let refused = socket.refused(&react(seq, &emoji[limits::REACTIONS])).await;

    assert!(for_good(RejectCode::TooMany)(&refused), "{refused:?}");
    // One that is there already is no further kind.
    let bob = Guest::sign_in(server(), "Bob").await;
    assert!(bob.enter(&room).await.command(&react(seq, &emoji[0])).await.seq.is_some());
}

#[tokio::test]
async fn a_reaction_is_exactly_one_emoji() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let seq = socket.say("react to this").await.seq.expect("a seq");
    for none in ["", "a", "👍👍", ":+1:", "1"] {
        let refused = socket.refused(&react(seq, none)).await;
        assert!(for_good(RejectCode::BadEmoji)(&refused), "{none:?}: {refused:?}");
    }
    assert!(socket.command(&react(seq, "👩‍👩‍👧‍👦")).await.seq.is_some());
}

#[tokio::test]
async fn a_command_on_a_message_that_is_not_there_is_not_found() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let message = socket.say("the only message").await.seq.expect("a seq");
    let reaction = socket.command(&react(message, "👍")).await.seq.expect("a seq");
    let beyond = Seq::try_new(1_000).expect("a seq");

    for seq in [Seq::ZERO, reaction, beyond] {
        let delete = ClientFrame::Delete { id: fresh_id(), seq };
        let answer = send(Draft { reply_to: Some(seq), ..draft("an answer to nothing") });
        for command in [edit(seq, "x"), delete, react(seq, "🎉"), answer] {
            let refused = socket.refused(&command).await;
            assert!(for_good(RejectCode::NotFound)(&refused), "{command:?}: {refused:?}");
        }
    }
}

#[tokio::test]
async fn only_its_author_may_edit_a_message_and_a_plain_member_may_not_delete_it() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let seq = ada.enter(&room).await.say("ada's own").await.seq.expect("a seq");
    let mut other = bob.enter(&room).await;

    let edited = other.refused(&edit(seq, "bob's now")).await;
    let deleted = other.refused(&ClientFrame::Delete { id: fresh_id(), seq }).await;

    assert!(for_good(RejectCode::NotYours)(&edited), "{edited:?}");
    assert!(
        for_good(RejectCode::NotYours)(&deleted) || for_good(RejectCode::Forbidden)(&deleted),
        "{deleted:?}"
    );
    assert_eq!(ada.log(&room).await.len(), 1);
}

#[tokio::test]
async fn the_owner_of_a_room_may_delete_what_others_wrote_but_not_edit_it() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let seq = bob.enter(&room).await.say("bob's own").await.seq.expect("a seq");
    let mut owner = ada.enter(&room).await;

    let edited = owner.refused(&edit(seq, "ada's now")).await;
    let deleted = owner.command(&ClientFrame::Delete { id: fresh_id(), seq }).await;

    assert!(for_good(RejectCode::NotYours)(&edited), "{edited:?}");
    assert_eq!(deleted.seq, Some(seq.next()));
}

#[tokio::test]
async fn a_deleted_message_cannot_be_edited_or_reacted_to_but_still_be_answered() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let seq = socket.say("soon gone").await.seq.expect("a seq");
    socket.command(&ClientFrame::Delete { id: fresh_id(), seq }).await;

    for command in [edit(seq, "back again"), react(seq, "👍")] {
        let refused = socket.refused(&command).await;
        assert!(for_good(RejectCode::NotFound)(&refused), "{command:?}: {refused:?}");
    }
    // It may have gone while the answer was written.
    let answer = Draft { reply_to: Some(seq), ..draft("an answer") };
    assert!(socket.say_draft(answer).await.seq.is_some());
}

#[tokio::test]
async fn a_malformed_id_is_a_bad_id() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    for id in ["a b".to_owned(), "x".repeat(65)] {
        socket.send_text(&format!(r#"{{"type":"send","id":"{id}","text":"hi"}}"#)).await;
        let refused = socket.reject().await;
        assert!(for_good(RejectCode::BadId)(&refused) && refused.id.is_none(), "{refused:?}");
    }
}
