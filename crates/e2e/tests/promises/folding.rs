//! Events and the messages they fold to: what everybody sees live, what pages say, and that the two agree.

use e2e::{
    Guest, Socket,
    minted::{draft, fresh_id},
};
use protocol::{
    ClientFrame, Draft, Event, EventKind, MemberId, Message, Seq, Slug,
    http::{MessageReactions, ReactedBy},
};

use crate::server;

async fn react(socket: &mut Socket, seq: Seq, emoji: &str, on: bool) {
    socket.command(&ClientFrame::React { id: fresh_id(), seq, emoji: emoji.to_owned(), on }).await;
}

async fn message(reader: &Guest<'_>, room: &Slug, seq: Seq) -> Message {
    let page = reader.messages(room, &format!("?around={seq}&limit=1")).await;
    page.messages.into_iter().find(|message| message.seq == seq).expect("the message is in the history")
}

/// What a client makes of the log: messages begun and folded, excerpts as they are now.
fn folded(log: &[Event], reader: &MemberId) -> Vec<Message> {
    let mut messages: Vec<Message> = Vec::new();
    for event in log {
        messages.iter_mut().for_each(|message| message.fold(event, reader));
        messages.extend(Message::begin(event));
    }
    let as_they_are = messages.clone();
    for reply in messages.iter_mut().filter_map(|message| message.reply_to.as_mut()) {
        if let Some(target) = as_they_are.iter().find(|message| message.seq == reply.seq) {
            *reply = target.excerpt();
        }
    }
    messages
}

#[tokio::test]
async fn an_edit_is_seen_by_all_and_kept_with_its_time() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let (mut writer, mut reader) = (ada.enter(&room).await, bob.enter(&room).await);
    let seq = writer.say("frist").await.seq.expect("a seq");

    let ack = writer.command(&ClientFrame::Edit { id: fresh_id(), seq, text: "first".to_owned() }).await;

    let event = reader.event(ack.seq.expect("a seq")).await;
    assert_eq!(
        event.kind,
        EventKind::Edited { target: seq, text: Some("first".to_owned()), redacted: false }
    );
    let now = message(&bob, &room, seq).await;
    assert_eq!((now.text.as_str(), now.edited_at), ("first", Some(ack.at)));
}

#[tokio::test]
async fn a_deletion_takes_every_word_out_of_pages_log_and_excerpts() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let (mut writer, mut reader) = (ada.enter(&room).await, bob.enter(&room).await);
    let calls = Draft { mentions: vec![bob.member.id.clone()], ..draft("classified-one") };
    let seq = writer.say_draft(calls).await.seq.expect("a seq");
    let text = "classified-two".to_owned();
    writer.command(&ClientFrame::Edit { id: fresh_id(), seq, text }).await;
    react(&mut reader, seq, "👍", true).await;
    let answer = reader.say_draft(Draft { reply_to: Some(seq), ..draft("why?") }).await.seq.expect("a seq");

    let gone = writer.command(&ClientFrame::Delete { id: fresh_id(), seq }).await.seq.expect("a seq");

    assert_eq!(reader.event(gone).await.kind, EventKind::Deleted { target: seq });
    let now = message(&bob, &room, seq).await;
    assert!(
        now.deleted && now.text.is_empty() && now.mentions.is_empty() && now.reactions.is_empty(),
        "{now:?}"
    );
    let excerpt = message(&bob, &room, answer).await.reply_to.and_then(|reply| reply.excerpt);
    assert_eq!(excerpt.unwrap_or_default(), "");
    for path in ["messages", "events"] {
        let whole = bob.get(format!("/api/rooms/{room}/{path}")).await.text();
        assert!(!whole.contains("classified"), "{path} still has the words: {whole}");
    }
    let log = bob.log(&room).await;
    assert!(matches!(log[0].kind, EventKind::Message { text: None, redacted: true, .. }), "{:?}", log[0]);
    assert!(matches!(log[1].kind, EventKind::Edited { target, text: None, redacted: true } if target == seq));
}

#[tokio::test]
async fn reactions_are_counted_ordered_by_their_first_and_go_at_0() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let (mut one, mut two) = (ada.enter(&room).await, bob.enter(&room).await);
    let seq = one.say("react to this").await.seq.expect("a seq");

    react(&mut one, seq, "🎉", true).await;
    react(&mut two, seq, "👍", true).await;
    react(&mut one, seq, "👍", true).await;
    react(&mut two, seq, "❤️", true).await;
    react(&mut one, seq, "🎉", false).await;
    let shown = |message: Message| -> Vec<(String, u32, bool)> {
        message.reactions.into_iter().map(|r| (r.emoji, r.count, r.mine)).collect()
    };

    let by_ada = shown(message(&ada, &room, seq).await);
    let by_bob = shown(message(&bob, &room, seq).await);
    assert_eq!(by_ada, [("👍".to_owned(), 2, true), ("❤️".to_owned(), 1, false)]);
    assert_eq!(by_bob, [("👍".to_owned(), 2, true), ("❤️".to_owned(), 1, true)]);
    react(&mut one, seq, "🎉", true).await;
    let again = shown(message(&ada, &room, seq).await);
    assert_eq!(again.last(), Some(&("🎉".to_owned(), 1, true)), "one that comes back stands at the end");
}

#[tokio::test]
async fn an_answer_shows_the_first_100_scalars_of_its_target_as_it_is_now() {
    let ada = Guest::sign_in(server(), "Ada").await;
    let room = ada.new_room().await;
    let mut socket = ada.enter(&room).await;
    let seq = socket.say("short").await.seq.expect("a seq");
    let answer = socket.say_draft(Draft { reply_to: Some(seq), ..draft("yes") }).await.seq.expect("a seq");
    let text = "😀".repeat(101);
    socket.command(&ClientFrame::Edit { id: fresh_id(), seq, text }).await;

    let reply = message(&ada, &room, answer).await.reply_to.expect("an excerpt");

    assert_eq!((reply.seq, reply.by), (seq, Some(ada.member.clone())));
    assert_eq!(reply.excerpt, Some("😀".repeat(100)));
}

#[tokio::test]
async fn the_folded_log_equals_the_page_that_a_fresh_client_gets() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let (mut one, mut two) = (ada.enter(&room).await, bob.enter(&room).await);
    let mut seqs = Vec::new();
    for number in 0..6 {
        let reply_to = seqs.last().copied();
        let mentions = vec![bob.member.id.clone()];
        let text = format!("number {number}");
        seqs.extend(one.say_draft(Draft { reply_to, mentions, ..draft(&text) }).await.seq);
    }
    one.command(&ClientFrame::Edit { id: fresh_id(), seq: seqs[0], text: "edited".to_owned() }).await;
    one.command(&ClientFrame::Delete { id: fresh_id(), seq: seqs[1] }).await;
    react(&mut two, seqs[2], "👍", true).await;
    react(&mut one, seqs[2], "👍", true).await;
    react(&mut two, seqs[2], "👍", false).await;
    react(&mut two, seqs[3], "🎉", true).await;

    for reader in [&ada, &bob] {
        let log = reader.log(&room).await;
        let page = reader.messages(&room, "").await;
        assert_eq!(page.head, log.last().expect("events").seq);
        assert_eq!(page.messages, folded(&log, &reader.member.id));
        let welcome = reader.enter(&room).await.welcome().clone();
        assert_eq!(welcome.messages.as_deref(), Some(&page.messages[..]), "a snapshot says what a page says");
    }
}

#[tokio::test]
async fn who_is_behind_a_reaction_is_told_in_the_order_in_which_they_gave_it() {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let (mut one, mut other) = (ada.enter(&room).await, bob.enter(&room).await);
    let seq = one.say("who is in?").await.seq.expect("a seq");
    react(&mut other, seq, "👍", true).await;
    react(&mut one, seq, "👍", true).await;
    react(&mut one, seq, "🎉", true).await;
    react(&mut one, seq, "🎉", false).await;

    let ask = |seq: String| ada.get(format!("/api/rooms/{room}/messages/{seq}/reactions"));
    let told = ask(seq.to_string()).await.json::<MessageReactions>(200).reactions;

    let members = vec![bob.member.clone(), ada.member.clone()];
    assert_eq!(told, [ReactedBy { emoji: "👍".to_owned(), members }]);
    assert_eq!(ask("999".to_owned()).await.json::<MessageReactions>(200).reactions, []);
    ask("first".to_owned()).await.refused(404, "not_found");
}
