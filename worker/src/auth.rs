//! Who is asking: from a token to a member whose sign-in stands.
//!
//! Invariant: a token alone proves nothing; the member's Inbox must say that the sign-in stands, at most 30 s ago.

use std::cell::RefCell;

use protocol::{Member, Millis, Role, Slug};
use worker::Env;

use crate::{
    call::Call,
    clock,
    inbox_ask::{InboxAnswer, InboxAsk, Standing},
    limits::{REMEMBERED, SIGN_IN_MS, STANDING_MS},
    memory::Memory,
    minted::Mint,
    objects::{self, Callee, Kind},
    problem::Problem,
    together::Waiting,
    token::{Claims, Key},
};

thread_local! {
    static VISITS: RefCell<Memory<()>> = const { RefCell::new(Memory::new(SIGN_IN_MS, REMEMBERED)) };
    static STANDINGS: RefCell<Memory<Standing>> = const { RefCell::new(Memory::new(STANDING_MS, REMEMBERED)) };
}

/// A member whose sign-in stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Who, under their name now.
    pub member: Member,
    /// What they may do in every room.
    pub role: Role,
    /// Under which sign-in.
    pub claims: Claims,
}

impl Caller {
    /// The member of these claims, as their Inbox says.
    pub fn new(claims: Claims, standing: Standing) -> Self {
        let member = Member { id: claims.member.clone(), name: standing.name };
        Self { member, role: standing.role, claims }
    }
}

/// The key that signs tokens.
pub fn key(env: &Env) -> Result<Key, Problem> {
    let secret = env.secret("SESSION_KEY").map(|secret| secret.to_string()).unwrap_or_default();
    Key::parse(&secret).ok_or_else(|| {
        tracing::error!("the secret SESSION_KEY is missing or shorter than 32 characters");
        Problem::not_configured()
    })
}

/// What mints the slugs of private rooms: the secret `ROOM_KEY`, or, where there is none, the one that signs tokens. Whoever changes
/// `SESSION_KEY` sets `ROOM_KEY` to what it was, or nobody finds their private rooms again.
pub fn mint(env: &Env) -> Result<Mint, Problem> {
    let secret =
        |name| env.secret(name).map(|secret| secret.to_string()).ok().filter(|secret| !secret.is_empty());
    let secret = secret("ROOM_KEY").or_else(|| secret("SESSION_KEY")).unwrap_or_default();
    Mint::parse(&secret).ok_or_else(|| {
        tracing::error!(
            "the secret ROOM_KEY, or SESSION_KEY without it, is missing or shorter than 32 characters"
        );
        Problem::not_configured()
    })
}

/// A request that changes something and bears the cookie must come from a page of this site.
pub fn refuse_other_pages(call: &Call) -> Result<(), Problem> {
    let changes = !matches!(call.method.as_str(), "GET" | "HEAD" | "OPTIONS");
    if changes && call.proof.cookie.is_some() && !call.site.may_change(&call.page) {
        return Err(Problem::bad_origin());
    }
    Ok(())
}

/// What the request's token says, if this server signed it. A bearer goes before a cookie.
pub fn claims(call: &Call, env: &Env) -> Result<Claims, Problem> {
    let token = call.proof.bearer.as_deref().or(call.proof.cookie.as_deref());
    let token = token.ok_or_else(Problem::no_session)?;
    verified(token, env)
}

/// What a token says, if this server signed it.
pub fn verified(token: &str, env: &Env) -> Result<Claims, Problem> {
    key(env)?.verify(token, clock::now()).ok_or_else(Problem::no_session)
}

/// Who is asking; the Inbox's word may be 30 s old.
pub fn caller<'a>(call: &'a Call, env: &'a Env) -> Waiting<'a, Result<Caller, Problem>> {
    Box::pin(async move { caller_of(call, env, claims(call, env)?).await })
}

/// The member of these claims; the Inbox's word may be 30 s old.
pub async fn caller_of(call: &Call, env: &Env, claims: Claims) -> Result<Caller, Problem> {
    let remembered = STANDINGS.with_borrow(|standings| standings.recall(&claims.sign_in, clock::now()));
    match remembered {
        Some(standing) => Ok(Caller::new(claims, standing)),
        None => {
            let ask = InboxAsk::Check { sign_in: claims.sign_in.clone() };
            standing(call, env, claims, &ask).await
        }
    }
}

/// Who is asking; the Inbox is asked now.
pub async fn caller_now(call: &Call, env: &Env) -> Result<Caller, Problem> {
    let claims = claims(call, env)?;
    let ask = InboxAsk::Check { sign_in: claims.sign_in.clone() };
    standing(call, env, claims, &ask).await
}

/// Who opens a socket; the Inbox is asked now, and will tell the room when the sign-in ends.
pub async fn joiner(call: &Call, env: &Env, claims: Claims, room: &Slug) -> Result<Caller, Problem> {
    let ask = InboxAsk::Join { sign_in: claims.sign_in.clone(), room: room.clone() };
    standing(call, env, claims, &ask).await
}

/// Sees to it that the Inbox knows of the room before something is written there without a socket. An isolate asks once.
pub async fn note_visit(call: &Call, env: &Env, claims: &Claims, room: &Slug) -> Result<(), Problem> {
    let visit = format!("{} {room}", claims.sign_in);
    if VISITS.with_borrow(|visits| visits.recall(&visit, clock::now())).is_none() {
        joiner(call, env, claims.clone(), room).await?;
        VISITS.with_borrow_mut(|visits| visits.put(visit, (), clock::now()));
    }
    Ok(())
}

/// Asks the Inbox something about the sign-in of `claims`, and remembers its word.
pub async fn standing(call: &Call, env: &Env, claims: Claims, ask: &InboxAsk) -> Result<Caller, Problem> {
    match of_inbox(call, env, &claims, ask).await? {
        InboxAnswer::Stands(standing) => {
            remember(&claims, &standing, clock::now());
            Ok(Caller::new(claims, standing))
        }
        InboxAnswer::Ended
        | InboxAnswer::SignedOut
        | InboxAnswer::Rooms(_)
        | InboxAnswer::Tokens(_)
        | InboxAnswer::Push(_)
        | InboxAnswer::Named(_)
        | InboxAnswer::Joined(_)
        | InboxAnswer::Is(_)
        | InboxAnswer::Here
        | InboxAnswer::Away => {
            forget(&claims.sign_in);
            Err(Problem::no_session())
        }
    }
}

/// Asks the Inbox of the member of `claims`.
pub async fn of_inbox(
    call: &Call,
    env: &Env,
    claims: &Claims,
    ask: &InboxAsk,
) -> Result<InboxAnswer, Problem> {
    let callee = Callee { kind: Kind::Inbox, name: claims.member.as_str(), request_id: &call.id };
    objects::ask(env, callee, ask).await
}

/// This isolate trusts the sign-in no longer.
pub fn forget(sign_in: &str) {
    STANDINGS.with_borrow_mut(|standings| standings.forget(sign_in));
}

fn remember(claims: &Claims, standing: &Standing, now: Millis) {
    STANDINGS.with_borrow_mut(|standings| standings.put(claims.sign_in.clone(), standing.clone(), now));
}
