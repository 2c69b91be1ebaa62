//! What the work in hand is about: every log line and every error report says it.
//!
//! Not spans of `tracing`: those need a registry that keeps them apart, which costs more code than all of this. Invariant: a scope
//! holds for one poll of a future or one handler, never over an await of somebody else's.

use std::{
    cell::RefCell,
    future::Future,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
};

thread_local! {
    static CURRENT: RefCell<Scope> = const { RefCell::new(Scope::nothing()) };
}

/// What work is about. Cheap to copy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// The request that it is done for; for a socket, the one that opened it.
    pub request_id: Option<Rc<str>>,
    /// The room, by the hash of its slug.
    pub room_hash: Option<Rc<str>>,
    /// The session, by its id.
    pub session: Option<Rc<str>>,
    /// The data centre that the request came in at.
    pub colo: Option<Rc<str>>,
    /// The route or the object that does it.
    pub route: Option<&'static str>,
}

impl Scope {
    /// Nothing in particular.
    pub const fn nothing() -> Self {
        Self { request_id: None, room_hash: None, session: None, colo: None, route: None }
    }
}

/// What the work in hand is about.
pub fn current() -> Scope {
    // Asked by the panic hook too, which must not panic.
    CURRENT.with(|current| current.try_borrow().map(|scope| scope.clone()).unwrap_or_default())
}

/// From here until the guard is dropped, work is about this.
#[must_use]
pub fn enter(scope: Scope) -> Entered {
    Entered { before: Some(CURRENT.replace(scope)) }
}

/// Puts the scope back that was there before.
#[derive(Debug)]
pub struct Entered {
    before: Option<Scope>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        if let Some(before) = self.before.take() {
            CURRENT.set(before);
        }
    }
}

/// A future whose work is about this.
pub fn within<F: Future>(scope: Scope, future: F) -> Within<F> {
    Within { scope, future: Box::pin(future) }
}

/// See [`within`].
pub struct Within<F> {
    scope: Scope,
    future: Pin<Box<F>>,
}

impl<F: Future> Future for Within<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let _entered = enter(self.scope.clone());
        self.future.as_mut().poll(context)
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, pin::pin};

    use super::*;

    fn about(request: &str) -> Scope {
        Scope { request_id: Some(request.into()), ..Scope::nothing() }
    }

    #[test]
    fn a_scope_ends_where_it_began_even_by_a_panic() {
        let outer = enter(about("outer"));
        let inner = std::panic::catch_unwind(|| {
            let _inner = enter(about("inner"));
            assert_eq!(current(), about("inner"));
            panic!("of the test");
        });
        assert!(inner.is_err());
        assert_eq!(current(), about("outer"));
        drop(outer);
        assert_eq!(current(), Scope::nothing());
    }

    #[test]
    fn two_futures_that_take_turns_keep_their_own() {
        let polls = Cell::new(0);
        let looks_twice = |request: &'static str| {
            let polls = &polls;
            within(about(request), async move {
                for _ in 0..2 {
                    assert_eq!(current(), about(request));
                    polls.set(polls.get() + 1);
                    let mut ready = false;
                    std::future::poll_fn(|_| {
                        let now = if ready { Poll::Ready(()) } else { Poll::Pending };
                        ready = true;
                        now
                    })
                    .await;
                }
            })
        };
        let (mut first, mut second) = (pin!(looks_twice("first")), pin!(looks_twice("second")));
        let mut context = Context::from_waker(std::task::Waker::noop());
        for _ in 0..3 {
            let _ = first.as_mut().poll(&mut context);
            assert_eq!(current(), Scope::nothing());
            let _ = second.as_mut().poll(&mut context);
        }
        assert_eq!(polls.get(), 4);
    }
}
