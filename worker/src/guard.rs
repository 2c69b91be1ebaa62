//! Where panics stop: a handler that panicked becomes a value, so that it is answered and costs nobody else anything.
//!
//! Needs a build with `panic = "unwind"`; in any other the runtime ends the whole isolate, and these catch nothing.

use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
    task::{Context, Poll},
};

/// Somebody panicked. What they said went to the log when it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Panicked;

/// Runs `body`. State that it left half-changed is the caller's to throw away.
pub fn catch<T>(body: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(body)).map_err(|_| Panicked)
}

/// Runs `future` to its end, or to its panic.
pub async fn catch_async<T>(future: impl Future<Output = T>) -> Result<T, Panicked> {
    Guarded(pin!(future)).await
}

struct Guarded<'a, F>(Pin<&'a mut F>);

impl<F: Future> Future for Guarded<'_, F> {
    type Output = Result<F::Output, Panicked>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match catch(|| self.0.as_mut().poll(context)) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
            Err(panicked) => Poll::Ready(Err(panicked)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_value() {
        assert_eq!(catch(|| 1), Ok(1));
        assert_eq!(catch(|| -> u8 { panic!("of the test") }), Err(Panicked));
    }

    #[test]
    fn a_panic_in_a_future_becomes_a_value() {
        let mut context = Context::from_waker(std::task::Waker::noop());
        let mut fine = pin!(catch_async(async { 1 }));
        assert_eq!(fine.as_mut().poll(&mut context), Poll::Ready(Ok(1)));
        let mut bad = pin!(catch_async(async { panic!("of the test") }));
        assert_eq!(bad.as_mut().poll(&mut context), Poll::<Result<(), _>>::Ready(Err(Panicked)));
    }
}
