//! A bot: a client whose person is a program that answers events.
//!
//! Not here: sockets and clocks. The invariant: an answer's command is named after the event that it answers, so that a bot which hears
//! of an event again, after a break or in another life, answers it once.

use protocol::{CommandId, Draft, Event, MemberId, Millis, ServerFrame, decode_server};

use crate::{Client, Input, Output, Saved, Settings};

/// A client that answers by `answer`.
#[derive(Debug)]
pub struct Bot<A> {
    client: Client,
    me: MemberId,
    answer: A,
    timer: Option<Millis>,
    /// It has begun to connect.
    began: bool,
}

impl<A: FnMut(&Event) -> Option<Draft>> Bot<A> {
    /// One that has never been in the room. What `answer` gives for an event is sent, unless the event is the bot's own.
    pub fn new(settings: Settings, answer: A) -> Self {
        let me = settings.me.clone();
        Self { client: Client::new(settings, Saved::default()), me, answer, timer: None, began: false }
    }

    /// Applies what happened, if anything did, as [`Client::apply`] does, and then the answers to what it brought. To be called every
    /// little while: it begins by itself and rings its own timer, so that only sockets are left to be seen to.
    pub fn apply(&mut self, input: Option<Input>, now: Millis) -> Vec<Output> {
        let mut outputs = Vec::new();
        if !std::mem::replace(&mut self.began, true) {
            self.give(Input::Start, now, &mut outputs);
        }
        if self.timer.take_if(|at| *at <= now).is_some() {
            self.give(Input::Timer, now, &mut outputs);
        }
        if let Some(input) = input {
            let heard = heard(&input);
            self.give(input, now, &mut outputs);
            for event in &heard {
                let draft = if event.by.id == self.me { None } else { (self.answer)(event) };
                if let Some(input) = draft.and_then(|draft| sent(event, draft)) {
                    self.give(input, now, &mut outputs);
                }
            }
        }
        outputs
    }

    fn give(&mut self, input: Input, now: Millis, outputs: &mut Vec<Output>) {
        for output in self.client.apply(input, now) {
            match output {
                Output::Timer(at) => self.timer = at,
                // A bot answers what comes, and looks for nothing that was before.
                Output::Fetch(_)
                | Output::Keep(_)
                | Output::Forget(_)
                | Output::KeepPlace(_)
                | Output::Changed => {}
                Output::Connect { .. } | Output::Disconnect | Output::Transmit(_) => outputs.push(output),
            }
        }
    }
}

fn sent(event: &Event, draft: Draft) -> Option<Input> {
    let id = CommandId::parse(&format!("answer-{}", event.seq)).ok()?;
    Some(Input::Send { id, draft })
}

/// The events that something brings which were not there before. A snapshot brings none.
fn heard(input: &Input) -> Vec<Event> {
    let Input::Frame(frame) = input else { return Vec::new() };
    match decode_server(frame).map(|received| received.frame) {
        Some(ServerFrame::Events { events }) => events,
        Some(ServerFrame::Welcome(welcome)) => welcome.events.unwrap_or_default(),
        _ => Vec::new(),
    }
}
