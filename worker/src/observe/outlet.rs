//! How what was noted in an object gets out of it: counts at their pace, error reports at once. No turn waits for either.

use wasm_bindgen_futures::spawn_local;
use worker::{Env, wasm_bindgen_futures};

use super::{counts, errors, scope};
use crate::{clock, gather::When, timer::Timer};

/// An object's way out.
pub struct Outlet {
    env: Env,
    /// For what may not go out yet. It keeps the object awake for 10 s at most, and only if something was counted.
    timer: Timer,
}

impl Outlet {
    /// Of the object that has this environment.
    pub fn new(env: &Env) -> Self {
        let (env, of_timer) = (env.clone(), env.clone());
        let timer = Timer::new(move || {
            let env = of_timer.clone();
            spawn_local(async move { counts::push_if_due(&env).await });
        });
        Self { env, timer }
    }

    /// Lets out what may go, and sees to the rest. To be called after each turn.
    pub fn see_to_it(&mut self) {
        if let Some(When::At(at)) = counts::due(clock::now()) {
            self.timer.set(at);
        }
        let_out(&self.env);
    }
}

/// Lets out what may go now. For objects that have no turns: what they counted later goes with the next that counts.
pub fn let_out(env: &Env) {
    if errors::waits() || counts::due(clock::now()) == Some(When::Now) {
        let (env, scope) = (env.clone(), scope::current());
        spawn_local(scope::within(scope, async move { tell(&env).await }));
    }
}

/// Sends what waits to be sent, and pushes what may be pushed.
pub async fn tell(env: &Env) {
    errors::send(env).await;
    counts::push_if_due(env).await;
}
