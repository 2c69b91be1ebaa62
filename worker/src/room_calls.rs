//! Which of a room's webhooks are being called, and how what comes of it reaches the room.
//!
//! Not here: when one is called (the room decides) and the call itself (hook_call.rs). Nobody waits for a call: neither a turn nor the
//! alarm, in which it begins. Invariant: a webhook has one call under way at most, so that it hears of events in order; one that gets
//! lost with the object, the alarm makes again.

use std::{cell::RefCell, rc::Rc};

use archive::{Bounds, Hook, Outward, SqlError, Way};
use protocol::{
    MemberId, Millis,
    limits::{HOOK_BYTES, HOOK_EVENTS},
};
use room::{HookInput, Input, Outcome};
use worker::{Env, wasm_bindgen_futures::spawn_local};

use crate::{
    auth, clock,
    hook_call::{self, Telling},
    limits::{HOOK_EARLY_MS, HOOKS_AT_ONCE},
    observe,
    room_shell::RoomShell,
};

/// The webhooks that are being called.
#[derive(Debug, Default)]
pub struct Calling(Vec<MemberId>);

impl Calling {
    fn begin(&mut self, hook: &MemberId) -> bool {
        let free = self.0.len() < HOOKS_AT_ONCE && !self.0.contains(hook);
        if free {
            self.0.push(hook.clone());
        }
        free
    }

    fn end(&mut self, hook: &MemberId) {
        self.0.retain(|calling| calling != hook);
    }
}

/// Begins to call whoever is due. To be called whenever the alarm has rung.
pub fn begin(shell: &Rc<RefCell<RoomShell>>, env: &Env) {
    let due = shell.borrow_mut().tellings(clock::now().plus(HOOK_EARLY_MS));
    match due {
        Ok(due) => due.into_iter().for_each(|telling| call(shell, env, telling)),
        // The alarm that guards the calls comes back to it.
        Err(error) => tracing::error!(%error, "webhooks could not be called"),
    }
}

fn call(shell: &Rc<RefCell<RoomShell>>, env: &Env, telling: Telling) {
    let (shell, env) = (Rc::clone(shell), env.clone());
    let scope = shell.borrow().scope(observe::current());
    spawn_local(observe::within(scope, async move {
        let outcome = match auth::mint(&env) {
            Ok(mint) => {
                let key = mint.hook_key(telling.room.as_str(), &telling.hook);
                hook_call::tell(&env, &telling, &key, clock::now()).await
            }
            Err(_) => Outcome::Failed,
        };
        let Telling { hook, upto, .. } = telling;
        let mut shell = shell.borrow_mut();
        shell.calling().end(&hook);
        shell.turn(Input::Hook { request: 0, input: HookInput::Called { hook, upto, outcome } });
        shell.let_out();
    }));
}

impl RoomShell {
    /// What is to be told now, each to a webhook that is not being called; from here on it is.
    fn tellings(&mut self, now: Millis) -> Result<Vec<Telling>, SqlError> {
        let hooks = match self.archive()? {
            Some(archive) if archive.hooks_due_at()?.is_some_and(|at| at <= now) => archive.hooks()?,
            _ => return Ok(Vec::new()),
        };
        let mut tellings = Vec::new();
        for Hook { id, way, .. } in hooks {
            let Way::Out(out) = way else { continue };
            if out.due.is_some_and(|at| at <= now) && self.calling().begin(&id) {
                tellings.extend(self.telling(id, out)?);
            }
        }
        Ok(tellings)
    }

    fn telling(&mut self, hook: MemberId, out: Outward) -> Result<Option<Telling>, SqlError> {
        let Outward { url, command, .. } = out;
        // Each command is answered by itself.
        let count = if command.is_some() { 1 } else { HOOK_EVENTS };
        let bounds = Bounds { count, bytes: HOOK_BYTES };
        let calls = self.archive()?.map_or(Ok(None), |archive| archive.calls(&hook, bounds))?;
        let (Some((upto, events)), Ok(room)) = (calls, self.slug()) else {
            self.calling().end(&hook);
            return Ok(None);
        };
        Ok(Some(Telling { room, hook, url, command, upto, events }))
    }
}
