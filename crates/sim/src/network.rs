//! The network: for each device a link with a delay each way, and the sockets that were opened over it.
//!
//! Each way of a socket keeps its order, as TCP does. A way that is dead swallows what is sent into it and tells nobody:
//! a socket with one or two dead ways is half-open. Not here: what the frames say.

use std::collections::BTreeMap;

use protocol::{Millis, SessionId};

/// Which device: an index into [`crate::device::DEVICES`].
pub type Who = usize;

/// A socket's number; never used twice in a run.
pub type SocketNumber = u64;

/// A device's way to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Milliseconds to the server.
    pub up_ms: u64,
    /// Milliseconds from the server.
    pub down_ms: u64,
    /// Whether new sockets and requests get through.
    pub state: LinkState,
}

/// Whether a link carries anything new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkState {
    /// It does.
    Up,
    /// It does not.
    Down,
}

/// Whether one way of a socket carries anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It does; what was sent last arrives then, and nothing overtakes it.
    Alive(Millis),
    /// It swallows what is sent.
    Dead,
}

/// A socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Socket {
    /// Whose.
    pub who: Who,
    /// What the server calls it.
    pub session: SessionId,
    /// To the server.
    pub up: Way,
    /// From the server.
    pub down: Way,
}

/// All links and sockets.
#[derive(Debug, Default)]
pub struct Network {
    links: Vec<Link>,
    sockets: BTreeMap<SocketNumber, Socket>,
    by_session: BTreeMap<SessionId, SocketNumber>,
    minted: SocketNumber,
}

impl Default for Link {
    fn default() -> Self {
        Self { up_ms: 5, down_ms: 5, state: LinkState::Up }
    }
}

impl Network {
    /// A good link for each of so many devices.
    #[must_use]
    pub fn of(devices: usize) -> Self {
        Self { links: vec![Link::default(); devices], ..Self::default() }
    }

    /// A device's link.
    #[must_use]
    pub fn link(&self, who: Who) -> Link {
        self.links[who]
    }

    /// A device's link, to be changed.
    pub fn link_mut(&mut self, who: Who) -> &mut Link {
        &mut self.links[who]
    }

    /// A new socket of a device, both ways alive.
    pub fn open(&mut self, who: Who, now: Millis) -> SocketNumber {
        self.minted += 1;
        let session = SessionId::parse(&format!("s{}", self.minted)).expect("a letter and digits are an id");
        self.by_session.insert(session.clone(), self.minted);
        self.sockets.insert(self.minted, Socket { who, session, up: Way::Alive(now), down: Way::Alive(now) });
        self.minted
    }

    /// A socket by its number; `None` once both ends forgot it.
    #[must_use]
    pub fn socket(&self, number: SocketNumber) -> Option<&Socket> {
        self.sockets.get(&number)
    }

    /// A socket by what the server calls it.
    #[must_use]
    pub fn of_session(&self, session: &SessionId) -> Option<(SocketNumber, &Socket)> {
        let number = *self.by_session.get(session)?;
        Some((number, self.sockets.get(&number)?))
    }

    /// When something sent now to the server arrives; `None` when it never does.
    pub fn up(&mut self, number: SocketNumber, now: Millis) -> Option<Millis> {
        let socket = self.sockets.get_mut(&number)?;
        travel(&mut socket.up, now.plus(self.links[socket.who].up_ms))
    }

    /// When something sent now from the server arrives; `None` when it never does.
    pub fn down(&mut self, number: SocketNumber, now: Millis) -> Option<Millis> {
        let socket = self.sockets.get_mut(&number)?;
        travel(&mut socket.down, now.plus(self.links[socket.who].down_ms))
    }

    /// From now on nothing more gets to the server; what is on its way is lost too.
    pub fn kill_up(&mut self, number: SocketNumber) {
        if let Some(socket) = self.sockets.get_mut(&number) {
            socket.up = Way::Dead;
        }
    }

    /// From now on nothing more gets to the device; what is on its way is lost too.
    pub fn kill_down(&mut self, number: SocketNumber) {
        if let Some(socket) = self.sockets.get_mut(&number) {
            socket.down = Way::Dead;
        }
    }

    /// Whether what was sent to the server still gets there.
    #[must_use]
    pub fn carries_up(&self, number: SocketNumber) -> bool {
        self.sockets.get(&number).is_some_and(|socket| socket.up != Way::Dead)
    }

    /// Whether what was sent to the device still gets there.
    #[must_use]
    pub fn carries_down(&self, number: SocketNumber) -> bool {
        self.sockets.get(&number).is_some_and(|socket| socket.down != Way::Dead)
    }
}

fn travel(way: &mut Way, arrives: Millis) -> Option<Millis> {
    let Way::Alive(last) = way else { return None };
    *last = arrives.max(*last);
    Some(*last)
}
