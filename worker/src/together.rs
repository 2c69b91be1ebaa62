//! Waiting for several things at once, in order.
//!
//! What futures-util has for this is larger than a route, and made anew for each kind of future; there are never many here.

use std::{
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
};

/// Something that is waited for.
pub type Waiting<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// What all of them come to, in their order.
pub async fn together<T>(waiting: Vec<Waiting<'_, T>>) -> Vec<T> {
    let mut all: Vec<Either<'_, T>> = waiting.into_iter().map(Either::Waits).collect();
    poll_fn(|context| {
        let mut ready = true;
        for one in &mut all {
            ready &= one.poll(context);
        }
        if ready { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    all.into_iter().filter_map(Either::done).collect()
}

enum Either<'a, T> {
    Waits(Waiting<'a, T>),
    Done(T),
}

impl<T> Either<'_, T> {
    /// Whether it is done now.
    fn poll(&mut self, context: &mut Context<'_>) -> bool {
        if let Self::Waits(future) = self
            && let Poll::Ready(value) = future.as_mut().poll(context)
        {
            *self = Self::Done(value);
        }
        matches!(self, Self::Done(_))
    }

    fn done(self) -> Option<T> {
        match self {
            Self::Done(value) => Some(value),
            Self::Waits(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{future::ready, task::Waker};

    use super::*;

    /// Is ready when it is asked for the second time.
    fn late(value: u32) -> Waiting<'static, u32> {
        let mut asked = false;
        Box::pin(poll_fn(move |_| {
            if std::mem::replace(&mut asked, true) { Poll::Ready(value) } else { Poll::Pending }
        }))
    }

    #[test]
    fn all_are_waited_for_and_keep_their_order() {
        let mut all = Box::pin(together(vec![late(1), Box::pin(ready(2)), late(3)]));
        let mut context = Context::from_waker(Waker::noop());
        assert_eq!(all.as_mut().poll(&mut context), Poll::Pending);
        assert_eq!(all.as_mut().poll(&mut context), Poll::Ready(vec![1, 2, 3]));
    }

    #[test]
    fn nothing_is_done_at_once() {
        let mut nothing = Box::pin(together::<u32>(Vec::new()));
        assert_eq!(nothing.as_mut().poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(Vec::new()));
    }
}
