//! What a device, its person or its network does, carried out.
//!
//! Not here: what the world does to the room's server (mishaps.rs). A deed that finds nothing to act on does nothing.

use client::Input;
use protocol::{
    Availability, ClientFrame, Draft, Member, MemberId, Message, Moderation, Role, Sanction, Seq,
    http::SendBody,
};
use room::Payload;

use crate::{
    action::{Deed, PlainDeed, Side, Wording},
    carry::GONE,
    device::DEVICES,
    invariants::Verdict,
    network::{LinkState, Who},
    world::{Ask, Happening, Upward, World},
};

/// How long the Inbox takes to tell the room.
const INBOX_MS: u64 = 15;
/// How long a mute lasts.
const MUTE_MS: u64 = 5_000;
const EMOJI: [&str; 3] = ["👍", "🎉", "👩‍👩‍👧"];

impl World {
    /// A device does something, or something is done to it.
    pub(crate) fn deed(&mut self, who: Who, deed: Deed) -> Verdict {
        match deed {
            Deed::Send(wording) => self.send(who, wording, None),
            Deed::Reply(nth, wording) => {
                let to = self.nth(who, nth, |_| true);
                self.send(who, wording, to);
            }
            Deed::Edit(nth, wording) => self.edit(who, nth, wording),
            Deed::Delete(nth) => self.delete(who, nth),
            Deed::React(nth, emoji, side) => self.react(who, nth, emoji, side),
            Deed::Post(wording) => {
                let (id, draft) = (self.devices[who].mint(), self.draft(wording, None));
                self.post(who, SendBody { id, draft });
            }
            Deed::Delay(up_ms, down_ms) => {
                self.tally.count("fault: link delays");
                let link = self.network.link_mut(who);
                (link.up_ms, link.down_ms) = (up_ms, down_ms);
            }
            Deed::StepClock(ms) => {
                self.tally.count("fault: device's clock set");
                self.devices[who].skew_ms += ms;
            }
            Deed::Plain(deed) => return self.plain_deed(who, deed),
        }
        Ok(())
    }

    fn plain_deed(&mut self, who: Who, deed: PlainDeed) -> Verdict {
        match deed {
            PlainDeed::Read => self.read(who),
            PlainDeed::Type => self.input(who, Input::Typing),
            PlainDeed::Leave => self.input(who, Input::Presence(Availability::Away)),
            PlainDeed::Return => self.input(who, Input::Presence(Availability::Active)),
            PlainDeed::ScrollUp => self.input(who, Input::Older),
            PlainDeed::FillGap => self.fill_gap(who),
            PlainDeed::Retry => self.settle(who, Input::Retry),
            PlainDeed::Discard => self.settle(who, Input::Discard),
            PlainDeed::Hurry => self.input(who, Input::TryNow),
            PlainDeed::GoOffline => {
                self.tally.count("fault: browser offline");
                self.input(who, Input::Offline);
            }
            PlainDeed::GoOnline => self.input(who, Input::Online),
            PlainDeed::Reload => self.reload(who),
            PlainDeed::Freeze => self.freeze(who),
            PlainDeed::Thaw => self.thaw(who),
            PlainDeed::Repost => self.repost(who),
            PlainDeed::Repeat => self.repeat(who),
            PlainDeed::Forge => self.forge(who),
            PlainDeed::Pin | PlainDeed::Unpin => self.pin(who, deed == PlainDeed::Pin),
            PlainDeed::Kick => self.moderate(who, DEVICES[2].member, Sanction::Kick),
            PlainDeed::Mute => self.moderate(who, DEVICES[0].member, Sanction::Mute),
            PlainDeed::Unmute => self.moderate(who, DEVICES[0].member, Sanction::Unmute),
            PlainDeed::BabbleText => self.babble(who, "not a frame at all"),
            PlainDeed::BabbleType => self.babble(who, "{\"type\":\"dance\",\"id\":\"x\"}"),
            PlainDeed::BabbleFields => self.babble(who, "{\"type\":\"edit\",\"id\":\"x\",\"seq\":-1}"),
            PlainDeed::BabbleCursor => self.babble(who, "{\"type\":\"resume\",\"cursor\":\"another-log.3\"}"),
            PlainDeed::BabbleBinary => {
                if let Some(socket) = self.devices[who].socket {
                    self.tally.count("fault: client babbles");
                    self.send_up(socket, Upward::Payload(Payload::Binary));
                }
            }
            PlainDeed::Rename => self.rename(who),
            PlainDeed::SignOut => self.sign_out(who),
            PlainDeed::SignIn => self.sign_in(who),
            PlainDeed::Drop => self.drop_socket(who),
            PlainDeed::Silence => self.silence(who),
            PlainDeed::HalfClose => self.vanish(who),
            PlainDeed::Abandon => self.abandon(who),
            PlainDeed::LinkDown => {
                self.tally.count("fault: link down");
                self.network.link_mut(who).state = LinkState::Down;
            }
            PlainDeed::LinkUp => self.network.link_mut(who).state = LinkState::Up,
        }
        Ok(())
    }

    fn send(&mut self, who: Who, wording: Wording, reply_to: Option<Seq>) {
        let draft = self.draft(wording, reply_to);
        let id = self.devices[who].mint();
        self.input(who, Input::Send { id, draft });
    }

    fn draft(&mut self, wording: Wording, reply_to: Option<Seq>) -> Draft {
        self.texts += 1;
        let mentions = match wording {
            Wording::Mention => MemberId::parse(DEVICES[1].member).into_iter().collect(),
            _ => Vec::new(),
        };
        Draft { text: wording.text(self.texts), reply_to, mentions, attachments: Vec::new() }
    }

    fn edit(&mut self, who: Who, nth: u64, wording: Wording) {
        let me = self.devices[who].member.id.clone();
        let Some(seq) = self.nth(who, nth, |message| message.by.id == me) else { return };
        self.texts += 1;
        let (id, text) = (self.devices[who].mint(), wording.text(self.texts));
        self.input(who, Input::Edit { id, seq, text });
    }

    fn delete(&mut self, who: Who, nth: u64) {
        let me = self.devices[who].member.id.clone();
        let may_any = DEVICES[who].role >= Role::Moderator;
        let Some(seq) = self.nth(who, nth, |message| may_any || message.by.id == me) else { return };
        let id = self.devices[who].mint();
        self.input(who, Input::Delete { id, seq });
    }

    fn react(&mut self, who: Who, nth: u64, emoji: u64, side: Side) {
        let Some(seq) = self.nth(who, nth, |_| true) else { return };
        let emoji =
            usize::try_from(emoji).ok().and_then(|emoji| EMOJI.get(emoji)).copied().unwrap_or(EMOJI[0]);
        let id = self.devices[who].mint();
        self.input(who, Input::React { id, seq, emoji: emoji.to_owned(), on: side == Side::On });
    }

    /// The nth message on the screen that fits, counted from the newest, round and round.
    fn nth(&self, who: Who, nth: u64, fits: impl Fn(&Message) -> bool) -> Option<Seq> {
        let fitting: Vec<Seq> = self.devices[who]
            .messages()
            .rev()
            .filter(|message| fits(message))
            .map(|message| message.seq)
            .collect();
        let index = usize::try_from(nth).ok()?.checked_rem(fitting.len())?;
        fitting.get(index).copied()
    }

    fn post(&mut self, who: Who, body: SendBody) {
        self.devices[who].last_post = Some(body.clone());
        let member = self.devices[who].member.clone();
        self.ask(who, Ask::Post(body, member, DEVICES[who].role, None));
    }

    fn repost(&mut self, who: Who) {
        if let Some(body) = self.devices[who].last_post.clone() {
            self.tally.count("fault: command repeated");
            self.post(who, body);
        }
    }

    fn repeat(&mut self, who: Who) {
        if self.devices[who].socket.is_some()
            && let Some(frame) = self.devices[who].last_command.clone()
        {
            self.tally.count("fault: command repeated");
            self.transmit(who, frame);
        }
    }

    /// The last command's id, with a body that it did not have.
    fn forge(&mut self, who: Who) {
        let Some(frame) = self.devices[who].last_command.clone() else { return };
        let Ok(frame) = protocol::decode_client(&frame) else { return };
        let Some((id, _)) = frame.into_command() else { return };
        self.tally.count("fault: id used twice");
        let draft = self.draft(Wording::Plain, None);
        self.transmit(who, protocol::encode(&ClientFrame::Send { id, draft }));
    }

    fn pin(&mut self, who: Who, on: bool) {
        let Some(seq) = self.nth(who, 0, |_| true) else { return };
        let id = self.devices[who].mint();
        self.transmit(who, protocol::encode(&ClientFrame::Pin { id, seq, on }));
    }

    /// Whoever is no moderator is refused. Nobody is banned here: where the clock is set back, a ban would outlast the run.
    fn moderate(&mut self, who: Who, member: &str, action: Sanction) {
        let Ok(member) = MemberId::parse(member) else { return };
        let for_ms = (action == Sanction::Mute).then_some(MUTE_MS);
        let moderation = Moderation { member, action, for_ms, reason: None };
        let id = self.devices[who].mint();
        self.transmit(who, protocol::encode(&ClientFrame::Moderate { id, moderation }));
    }

    fn babble(&mut self, who: Who, words: &str) {
        if self.devices[who].socket.is_some() {
            self.tally.count("fault: client babbles");
            self.transmit(who, words.to_owned());
        }
    }

    fn read(&mut self, who: Who) {
        let newest = self.devices[who].messages().next_back().map(|message| message.seq);
        if let Some(seq) = newest {
            self.input(who, Input::Seen(seq));
        }
    }

    fn fill_gap(&mut self, who: Who) {
        let edge = self.devices[who].client.rows().into_iter().find_map(|row| match row {
            client::view::Row::Gap { above, .. } => Some(client::view::GapEdge::After(above)),
            _ => None,
        });
        if let Some(edge) = edge {
            self.input(who, Input::FillGap(edge));
        }
    }

    fn settle(&mut self, who: Who, how: impl Fn(protocol::CommandId) -> Input) {
        if let Some(id) = self.devices[who].first_failed() {
            self.input(who, how(id));
        }
    }

    /// The page is loaded anew; the browser closes its socket.
    pub(crate) fn reload(&mut self, who: Who) {
        self.tally.count("fault: page reloaded");
        self.disconnect(who);
        self.devices[who].reload();
        self.input(who, Input::Start);
    }

    fn freeze(&mut self, who: Who) {
        self.tally.count("fault: page frozen");
        self.devices[who].frozen.get_or_insert_default();
    }

    /// What waited comes in, in its order.
    pub(crate) fn thaw(&mut self, who: Who) {
        for (socket, input) in self.devices[who].frozen.take().unwrap_or_default() {
            self.hear(who, socket, input);
        }
    }

    fn rename(&mut self, who: Who) {
        self.texts += 1;
        let name = format!("{} {}", DEVICES[who].name, self.texts);
        self.tally.count("command: rename");
        let id = self.devices[who].member.id.clone();
        for device in self.devices.iter_mut().filter(|device| device.member.id == id) {
            device.member.name.clone_from(&name);
        }
        self.tell_room(room::Input::Renamed(Member { id, name }));
    }

    fn sign_out(&mut self, who: Who) {
        self.tally.count("command: sign out");
        let device = &self.devices[who];
        let sign_in = device.sign_in();
        let member = device.member.id.clone();
        self.ended.insert(sign_in.clone());
        self.tell_room(room::Input::SignedOut { member, sign_in });
    }

    /// What the Inbox knows, the room hears a little later.
    fn tell_room(&mut self, input: room::Input) {
        self.queue.put(self.queue.now().plus(INBOX_MS), Happening::FromInside(input));
    }

    /// A device whose session was ended for good signs in again.
    pub(crate) fn sign_in(&mut self, who: Who) {
        if matches!(self.devices[who].client.connection(), client::view::Connection::Ended { .. }) {
            self.tally.count("command: sign in again");
            self.devices[who].sign_in += 1;
            self.reload(who);
        }
    }

    fn drop_socket(&mut self, who: Who) {
        if let Some(socket) = self.cut(who, "fault: socket dropped") {
            let late = self.queue.now().plus(self.network.link(who).up_ms);
            self.queue.put(late, Happening::ServerNotices(socket));
            self.queue.put(self.queue.now(), Happening::DeviceNotices(socket, GONE));
        }
    }

    fn silence(&mut self, who: Who) {
        self.cut(who, "fault: half-open, nobody told");
    }

    fn vanish(&mut self, who: Who) {
        if let Some(socket) = self.cut(who, "fault: half-open, device told") {
            self.queue.put(self.queue.now(), Happening::DeviceNotices(socket, GONE));
        }
    }

    fn abandon(&mut self, who: Who) {
        if let Some(socket) = self.cut(who, "fault: half-open, server told") {
            self.queue.put(self.queue.now(), Happening::ServerNotices(socket));
        }
    }

    fn cut(&mut self, who: Who, fault: &'static str) -> Option<u64> {
        let socket = self.devices[who].socket?;
        self.tally.count(fault);
        self.network.kill_up(socket);
        self.network.kill_down(socket);
        Some(socket)
    }
}
