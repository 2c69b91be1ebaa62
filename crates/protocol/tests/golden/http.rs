//! Bodies of requests and answers by HTTP.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use protocol::{
    Draft,
    http::{
        AtMost, Breadcrumb, BreadcrumbCategory, Bytes, ClientMetrics, ErrorKind, ErrorReport, ErrorReports,
        EventsPage, Exported, FoundMessage, Health, Invite, ListedRoom, Measured, MessagesPage, MyRoom,
        MyRooms, NewDirect, NewInvite, NewRoom, PagePath, Problem, Release, Rename, RequestId, RoomNamed,
        RoomPage, Scalars, SearchPage, SendBody, Sent, Shift, SignIn, SignInWays, SignedIn, Written,
    },
    limits::STACK_BYTES,
    room::{RoomKind, Visibility},
};

use crate::{
    Golden,
    events::{event, message, written},
    frames::room_info,
    given::{AT, ada, command, epoch, seq},
};

#[test]
fn every_body_of_a_request_has_these_bytes() {
    let mut golden = Golden::default();
    golden.pin("POST /api/session", &SignIn { name: "Ada".to_owned(), admin_token: None });
    golden.pin(
        "POST /api/session, as owner everywhere",
        &SignIn { name: "Ada".to_owned(), admin_token: Some("secret".to_owned()) },
    );
    golden.pin("PATCH /api/session", &Rename { name: "Ada L.".to_owned() });
    let least = NewRoom {
        room: None,
        title: "Build".to_owned(),
        visibility: Visibility::Public,
        topic: None,
        region: None,
    };
    golden.pin("POST /api/rooms, the least", &least);
    let full = NewRoom {
        room: Some("build".to_owned()),
        topic: Some("What is built".to_owned()),
        region: Some("weur".to_owned()),
        ..least
    };

    golden.pin("POST /api/rooms, everything in it", &full);
    golden.pin("POST /api/rooms/{room}/invites, the least", &NewInvite::default());
    let full = NewInvite { uses: Some(5), expires_in_ms: Some(60_000) };
    golden.pin("POST /api/rooms/{room}/invites, everything in it", &full);
    golden.pin("POST /api/direct", &NewDirect { member: ada().id });
    let draft = Draft { text: "hello".to_owned(), reply_to: Some(seq(3)), ..Draft::default() };
    golden.pin("POST /api/rooms/{room}/messages", &SendBody { id: command("c1"), draft });
    golden.pin("POST /api/client-errors, the least", &reports(report(None, Vec::new())));
    let breadcrumb =
        Breadcrumb { at: AT, category: BreadcrumbCategory::Connection, message: Scalars::cut("closed 4102") };
    let stack = Bytes::cut("at frontend::app (app.wasm:1:2)");
    golden.pin("POST /api/client-errors, everything in it", &reports(report(Some(stack), vec![breadcrumb])));
    golden.pin("POST /api/client-metrics, the least", &ClientMetrics::default());
    let full = ClientMetrics {
        page_load_ms: Measured::new(812.4),
        first_message_ms: Measured::new(1_020.0),
        lcp_ms: Measured::new(640.0),
        inp_ms: Measured::new(48.0),
        cls: Shift::new(0.02),
        reconnects: 1,
        acks_ms: [31.0, 28.0].into_iter().filter_map(Measured::new).collect(),
        deliveries_ms: [40.0].into_iter().filter_map(Measured::new).collect(),
    };
    golden.pin("POST /api/client-metrics, everything in it", &full);
    golden.check("requests.txt", include_str!("requests.txt"));
}

fn reports(error: ErrorReport) -> ErrorReports {
    let release = Release::parse("edgewise@0.1.0+0123abc").expect("a release");
    ErrorReports { release, errors: AtMost::last_of(vec![error]) }
}

fn report(stack: Option<Bytes<STACK_BYTES>>, breadcrumbs: Vec<Breadcrumb>) -> ErrorReport {
    ErrorReport {
        kind: ErrorKind::UnhandledRejection,
        message: Scalars::cut("index out of bounds"),
        request_id: stack.is_some().then(|| RequestId::parse("r1").expect("an id")),
        stack,
        at: AT,
        path: PagePath::Room,
        breadcrumbs: AtMost::last_of(breadcrumbs),
    }
}

fn my_rooms() -> MyRooms {
    let mine = MyRoom {
        room: room_info().room,
        title: "Bob".to_owned(),
        kind: RoomKind::Direct,
        head: Some(seq(7)),
        read: Some(seq(5)),
        unread: Some(2),
        mentions: Some(1),
        other: Some(protocol::MemberId::parse("bob").expect("an id")),
        here: true,
    };
    let silent = MyRoom {
        head: None,
        read: None,
        unread: None,
        mentions: None,
        other: None,
        here: false,
        ..mine.clone()
    };
    MyRooms { rooms: vec![mine, silent] }
}

#[test]
fn every_body_of_an_answer_has_these_bytes() {
    let mut golden = Golden::default();
    let signed_in = SignedIn { token: Some("t.o.k".to_owned()), member: ada(), expires_at: AT };
    golden.pin("a sign-in, with a new token", &signed_in);
    golden.pin("a sign-in", &SignedIn { token: None, ..signed_in });
    golden.pin("a room", &room_info());
    let listed = ListedRoom {
        room: room_info().room,
        title: "Lobby".to_owned(),
        topic: String::new(),
        members_online: 3,
        head: seq(7),
    };
    golden.pin("the public rooms", &RoomPage { rooms: vec![listed], next: Some(room_info().room) });
    golden.pin("my rooms, one of which does not answer", &my_rooms());
    let invite = Invite {
        code: "lobby.secret".to_owned(),
        url: "https://chat.example/invite/lobby.secret".to_owned(),
        expires_at: AT,
        uses: 5,
    };
    golden.pin("an invitation", &invite);
    golden.pin("a room, by its address", &RoomNamed { room: room_info().room });
    let sent = Sent { id: command("c1"), seq: Some(seq(7)), at: AT, duplicate: false };
    golden.pin("a message that was sent", &sent);
    golden.pin("the same again", &Sent { duplicate: true, ..sent });
    let messages = MessagesPage {
        messages: vec![message()],
        epoch: epoch(),
        head: seq(7),
        floor: seq(1),
        more_before: true,
        more_after: false,
    };
    golden.pin("a page of messages", &messages);
    let events = EventsPage {
        events: vec![event(7, written("hello"))],
        epoch: epoch(),
        head: seq(9),
        floor: seq(1),
        more_after: true,
    };
    golden.pin("a page of events", &events);
    let found = FoundMessage { message: message(), highlight: vec![(0, 2), (7, 12)] };
    golden.pin("what was found", &SearchPage { messages: vec![found], next: Some(seq(7)) });
    golden.pin("nothing was found", &SearchPage { messages: Vec::new(), next: None });
    let problem = Problem {
        kind: "about:blank".to_owned(),
        title: "Forbidden".to_owned(),
        status: 403,
        code: "forbidden".to_owned(),
        detail: "You may not do that in this room.".to_owned(),
        request_id: "r1".to_owned(),
        suggestion: None,
    };
    pin_what_is_ones_own(&mut golden);
    golden.pin("an error", &problem);
    golden.pin("an error with a way out", &Problem { suggestion: Some("Ada 2".to_owned()), ..problem });
    let (status, version, commit) = ("ok".to_owned(), "0.1.0".to_owned(), "325c3dc".to_owned());
    golden.pin("GET /healthz", &Health { status, version, commit });
    golden.check("answers.txt", include_str!("answers.txt"));
}

fn pin_what_is_ones_own(golden: &mut Golden) {
    golden.pin("GET /api/sign-in", &SignInWays { guests: true, provider: Some("id.example".to_owned()) });
    golden.pin("me.json of an export", &Exported { member: ada(), at: AT });
    let line = Written { seq: seq(2), at: AT, text: "hi".to_owned(), edited_at: None, reply_to: None };
    golden.pin("a line of it", &line);
    let (edited_at, reply_to) = (Some(AT), Some(seq(1)));
    golden.pin("a line of an edited answer", &Written { edited_at, reply_to, ..line });
}
