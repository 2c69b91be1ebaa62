//! What a member may be called: read as RFC 8266 has it, and refused where it speaks for the place or is taken where they are.
//!
//! Not here: how names look (crate names), who is present (the room). The platform composes, since its tables are there anyway.

use js_sys::JsString;
use names::{is_kept, suggest};
use protocol::Name;
use room::Likeness;
use worker::Env;

use crate::{
    auth,
    call::Call,
    inbox_ask::{InboxAnswer, InboxAsk},
    objects::{self, Callee, Kind},
    problem::Problem,
    room_ask::RoomAsk,
    token::Claims,
};

/// The name that was asked for.
pub fn read(raw: &str) -> Result<Name, Problem> {
    names::enforce(raw, compose).map_err(|bad| Problem::bad_request(format!("name: {bad}.")))
}

fn compose(text: &str) -> String {
    JsString::from(text).normalize("NFKC").into()
}

/// Nobody speaks for the place but whoever runs it.
pub fn refuse_kept(name: &Name) -> Result<(), Problem> {
    if is_kept(name.as_str()) { Err(Problem::name_taken(suggest(name, &[]).as_ref())) } else { Ok(()) }
}

/// Nobody is called as somebody else is, or looks so, in the rooms in which they have sockets.
pub async fn refuse_taken(call: &Call, env: &Env, claims: &Claims, name: &Name) -> Result<(), Problem> {
    let ask = InboxAsk::Joined { sign_in: claims.sign_in.clone() };
    let InboxAnswer::Joined(rooms) = auth::of_inbox(call, env, claims, &ask).await? else {
        auth::forget(&claims.sign_in);
        return Err(Problem::no_session());
    };
    for room in rooms {
        let callee = Callee { kind: Kind::Room, name: room.as_str(), request_id: &call.id };
        let ask = RoomAsk::Likeness { member: claims.member.clone(), name: name.clone() };
        if let Likeness::Taken(free) = objects::ask(env, callee, &ask).await? {
            return Err(Problem::name_taken(free.as_ref()));
        }
    }
    Ok(())
}
