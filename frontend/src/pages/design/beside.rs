//! Parts of the screens beside the timeline. Whole screens ask the server for what they show; these are given it.

use client::{
    care::{CareLine, Deed, PendingDeed},
    view::Delivery,
};
use protocol::{
    Availability, End, Event, EventKind, Member, MemberChange, Role, Sanction,
    http::{FoundMessage, Invite},
    room::RoomKind,
};
use yew::{Callback, Html, html};

use super::samples::{ago, bob, cem, command, message, reading, room, seq};
use crate::screens::{Hits, Link, LogLine, MemberCard, PinnedLine, Question};

pub fn screens(me: &Member) -> Html {
    html! {
        <>
            <ul>{ people(me) }</ul>
            { question() }
            { found() }
            <ul class="hits">{ pin(me) }</ul>
            <ul class="log">{ done(me) }</ul>
            <Link invitation={invitation()} reading={reading()} on_copy={Callback::noop()} on_take_back={Callback::noop()} />
        </>
    }
}

fn line(member: Member, role: Role) -> CareLine {
    let may =
        vec![Deed::Sanction(Sanction::Mute), Deed::Sanction(Sanction::Kick), Deed::Sanction(Sanction::Ban)];
    CareLine {
        id: member.id,
        name: member.name,
        role,
        here: Some(Availability::Active),
        muted: None,
        banned: None,
        may,
    }
}

fn people(me: &Member) -> Html {
    let refused = PendingDeed {
        id: command("deed"),
        member: bob().id,
        state: Delivery::Failed { code: None, reason: "You may not do that in this room.".to_owned() },
    };
    let muted = CareLine {
        muted: Some(End::At(reading().now.plus(3_600_000))),
        here: None,
        ..line(cem(), Role::Member)
    };
    let cards = [
        (CareLine { may: Vec::new(), ..line(me.clone(), Role::Owner) }, None),
        (line(bob(), Role::Moderator), Some(refused)),
        (muted, None),
    ];
    let card = |(line, pending): (CareLine, Option<PendingDeed>)| {
        html! { <MemberCard {line} {pending} kind={RoomKind::Public} me={me.id.clone()} reading={reading()} on_intent={Callback::noop()} /> }
    };
    cards.into_iter().map(card).collect()
}

fn question() -> Html {
    html! {
        <Question
            line={line(bob(), Role::Member)}
            deed={Deed::Sanction(Sanction::Ban)}
            kind={RoomKind::Public}
            about_me={false}
            on_intent={Callback::noop()}
            on_done={Callback::noop()}
        />
    }
}

fn found() -> Html {
    let messages = vec![FoundMessage {
        message: message(7, bob(), "a heron stood by the water"),
        highlight: vec![(2, 7)],
    }];
    html! { <Hits room={room("design")} {messages} reading={reading()} on_panel={Callback::noop()} /> }
}

fn pin(me: &Member) -> Html {
    html! {
        <PinnedLine
            room={room("design")}
            seq={seq(4)}
            message={Some(message(4, me.clone(), "Read this first."))}
            role={Role::Moderator}
            reading={reading()}
            on_intent={Callback::noop()}
            on_panel={Callback::noop()}
        />
    }
}

fn done(me: &Member) -> Html {
    let kind = EventKind::Member {
        member: bob(),
        change: MemberChange::Muted,
        role: None,
        until: Some(reading().now.plus(3_600_000)),
        reason: Some("too loud".to_owned()),
    };
    let event = Event { seq: seq(9), at: ago(5), by: me.clone(), id: None, kind };
    html! { <LogLine room={room("design")} {event} reading={reading()} /> }
}

fn invitation() -> Invite {
    Invite {
        code: "design.sample".to_owned(),
        url: "https://chat.example/invite/design.sample".to_owned(),
        expires_at: reading().now.plus(24 * 3_600_000),
        uses: 5,
    }
}
