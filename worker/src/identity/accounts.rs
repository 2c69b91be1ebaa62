//! From a person to the member they are here, and to a sign-in. A guest who signs in becomes that member, or, if the person is one
//! already, hands their rooms over.
//!
//! Which member a person is, an Inbox of the person's own knows, under a name that only this server can compute. So a member's id
//! tells nobody who they are, and a person whose account was deleted comes back as somebody new.

use protocol::{Member, MemberId, Name, Role};
use worker::Env;

use super::Person;
use crate::{
    auth::{self, Caller},
    call::Call,
    clock,
    inbox_ask::{Begins, InboxAnswer, InboxAsk, Who},
    limits::SIGN_IN_MS,
    objects::{self, Callee, Kind},
    problem::Problem,
    random,
    together::Waiting,
    token::{Bearer, Claims},
};

/// Signs a person in. `name` is what they are called if they never were here.
pub fn sign_in<'a>(
    call: &'a Call,
    env: &'a Env,
    person: Person,
    name: Name,
) -> Waiting<'a, Result<Caller, Problem>> {
    Box::pin(async move {
        let place = auth::mint(env)?.person(&person.issuer, &person.subject);
        let place = place.ok_or_else(Problem::internal)?;
        let guest = guest(call, env).await?;
        let candidate = match &guest {
            Some(guest) => guest.member.id.clone(),
            None => new_member()?,
        };
        let member = member_of(call, env, &place, candidate).await?;
        let now = clock::now();
        let lasts = now.plus(SIGN_IN_MS);
        let expires_at = person.until.map_or(lasts, |until| until.min(lasts));
        let claims = Claims { member, sign_in: random::id(), bearer: Bearer::Person, expires_at };
        let handing_over = guest.filter(|guest| guest.member.id != claims.member);
        let ask = InboxAsk::SignIn {
            sign_in: claims.sign_in.clone(),
            name,
            role: Role::Member,
            expires_at,
            begins: Begins::Person(place),
        };
        let caller = auth::standing(call, env, claims, &ask).await?;
        if let Some(guest) = handing_over {
            hand_over(call, env, guest, &caller.member).await?;
        }
        Ok(caller)
    })
}

/// An id that no member has.
pub fn new_member() -> Result<MemberId, Problem> {
    MemberId::parse(&random::id()).map_err(|_| Problem::internal())
}

/// The guest whose browser this is, if it is one's. Somebody's who was signed in by a provider is not.
async fn guest(call: &Call, env: &Env) -> Result<Option<Caller>, Problem> {
    let Some(claims) = call.proof.cookie.as_deref().and_then(|token| auth::verified(token, env).ok()) else {
        return Ok(None);
    };
    let ask = InboxAsk::Check { sign_in: claims.sign_in.clone() };
    match auth::of_inbox(call, env, &claims, &ask).await? {
        InboxAnswer::Stands(standing) if standing.who == Who::Guest => {
            Ok(Some(Caller::new(claims, standing)))
        }
        _ => Ok(None),
    }
}

/// Which member the person is: from the first time on always the same.
async fn member_of(
    call: &Call,
    env: &Env,
    place: &MemberId,
    candidate: MemberId,
) -> Result<MemberId, Problem> {
    let callee = Callee { kind: Kind::Inbox, name: place.as_str(), request_id: &call.id };
    match objects::ask(env, callee, &InboxAsk::Is(candidate)).await? {
        InboxAnswer::Is(member) => Ok(member),
        _ => Err(Problem::internal()),
    }
}

/// The guest's rooms become the member's, and the guest is nobody any more.
async fn hand_over(call: &Call, env: &Env, guest: Caller, to: &Member) -> Result<(), Problem> {
    auth::forget(&guest.claims.sign_in);
    let ask = InboxAsk::HandOver { sign_in: guest.claims.sign_in.clone(), to: to.clone() };
    auth::of_inbox(call, env, &guest.claims, &ask).await.map(drop)
}
