//! Which signals the keeper hears, and what each asks of it.

use rustix::process::Signal;
use signal_hook::consts::{SIGCHLD, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2};

/// Every signal that a container may be sent on purpose, and the one that tells of a child's end.
pub const HEARD: [i32; 7] = [SIGCHLD, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2];

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Somebody has ended.
    Bury,
    /// The child is told, and goes on.
    Pass(Signal),
    /// The child is told, and has the grace period to end.
    Stop(Signal),
}

/// What this signal asks for.
pub fn of(signal: i32) -> Order {
    match signal {
        SIGCHLD => Order::Bury,
        SIGHUP => Order::Pass(Signal::HUP),
        SIGUSR1 => Order::Pass(Signal::USR1),
        SIGUSR2 => Order::Pass(Signal::USR2),
        SIGINT => Order::Stop(Signal::INT),
        SIGQUIT => Order::Stop(Signal::QUIT),
        // SIGTERM, and whatever else would be added to HEARD without a word here.
        _ => Order::Stop(Signal::TERM),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_container_ends_its_child() {
        assert_eq!(of(SIGTERM), Order::Stop(Signal::TERM));
        assert_eq!(of(SIGINT), Order::Stop(Signal::INT));
        assert_eq!(of(SIGQUIT), Order::Stop(Signal::QUIT));
    }

    #[test]
    fn the_others_are_passed_on_as_they_are() {
        assert_eq!(of(SIGHUP), Order::Pass(Signal::HUP));
        assert_eq!(of(SIGUSR1), Order::Pass(Signal::USR1));
        assert_eq!(of(SIGUSR2), Order::Pass(Signal::USR2));
        assert_eq!(of(SIGCHLD), Order::Bury);
    }
}
