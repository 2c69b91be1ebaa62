//! Every resource of the API in one table: its path, who may ask, its methods with what answers them, and what the API's description
//! says of each.
//!
//! A new endpoint is an entry here, its handler beside the others, and its route's name in the catalogue of metrics. From this table
//! come the routing, the answer 405 and, in tests, the API's description (`contract`): what is routed is described, and what is
//! described is routed. After a change `UPDATE_EXPECT=1 cargo test -p edgewise-worker contract` renews the description.
//!
//! An entry is `Resource(open parts of its path) "its name in logs and metrics", [its path's segments], who may ask,
//! { METHOD => handler, description; }`. The description names what is this endpoint's own; refusals that follow from its path, its
//! method, its body or who may ask are added to it by themselves.

use worker::{Env, Request, Response};

use super::{
    account, assets, client_errors, client_metrics, direct, events, files, health, hooks, invites, members,
    messages, metrics, my_export, my_rooms, push, room, rooms, search, session, sign_in, socket, tokens,
};
use crate::{call::Call, problem::Problem, room_ask::What, together::Waiting};

/// Who may ask for a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Whoever comes, as far as the table says; the handler may ask for more.
    Anybody,
    /// Who bears a session token of ours. Whether its sign-in still stands, the handler asks.
    Members,
}

/// A part of a path is held as it stands there.
macro_rules! text {
    ($part:ident) => {
        String
    };
}

#[cfg(all(test, not(target_family = "wasm")))]
macro_rules! segment {
    ($literal:literal) => {
        concat!("/", $literal)
    };
    ($part:ident) => {
        concat!("/{", stringify!($part), "}")
    };
}

macro_rules! routes {
    (
        |$call:ident, $request:ident, $env:ident|
        $(
            $(#[$doc:meta])*
            $route:ident $(($($part:ident),+))? $name:literal, [$($segment:tt),+], $who:ident,
            { $($method:ident => $handler:expr, $described:expr;)+ }
        )+
    ) => {
        /// A resource.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Route {
            $($(#[$doc])* $route $(($(text!($part)),+))?,)+
            /// Anything else under `/api`.
            Nothing,
            /// Everything else: the app's files.
            Asset,
        }

        impl Route {
            /// The resource at `path`. A room's slug is not read yet.
            pub fn of(path: &str) -> Self {
                let segments: Vec<&str> = path.split('/').skip(1).collect();
                match *segments {
                    $([$($segment),+] => Self::$route $(($($part.to_owned()),+))?,)+
                    ["api", ..] => Self::Nothing,
                    _ => Self::Asset,
                }
            }

            /// Its name in logs and metrics: no slug stands in it.
            pub const fn name(&self) -> &'static str {
                match self {
                    $(Self::$route { .. } => $name,)+
                    Self::Nothing => "nothing",
                    Self::Asset => "asset",
                }
            }

            /// Who may ask for it.
            pub const fn who(&self) -> Who {
                match self {
                    $(Self::$route { .. } => Who::$who,)+
                    Self::Nothing => Who::Members,
                    Self::Asset => Who::Anybody,
                }
            }

            /// The methods that it takes.
            pub const fn takes(&self) -> &'static [&'static str] {
                match self {
                    $(Self::$route { .. } => &[$(stringify!($method)),+],)+
                    Self::Nothing => &[],
                    Self::Asset => &["GET", "HEAD"],
                }
            }
        }

        /// What answers a call; `None` where the resource does not take its method, or is none of the table's.
        pub fn handler<'a>(
            route: &'a Route,
            $call: &'a Call,
            $request: Request,
            $env: &'a Env,
        ) -> Option<Waiting<'a, Result<Response, Problem>>> {
            let method = $call.method.as_str();
            Some(match route {
                $(Route::$route $(($($part),+))? => match method {
                    $(stringify!($method) => Box::pin($handler),)+
                    _ => return None,
                },)+
                Route::Nothing | Route::Asset => return None,
            })
        }

        /// What the API's description says of all of them, in the table's order.
        #[cfg(all(test, not(target_family = "wasm")))]
        pub fn endpoints() -> Vec<crate::contract::Endpoint> {
            use protocol::{File, RejectCode, RoomChange, RoomInfo, Seq, http::*};
            use ::room::Unfit;

            use crate::{contract::{COMMAND, says}, identity::query::*, problem::Problem, query::*};
            let mut all = Vec::new();
            $(
                let path = concat!($(segment!($segment)),+);
                all.extend([$($described.at(stringify!($method), path, $name, Who::$who)),+]);
            )+
            all
        }
    };
}

routes! {
    |call, request, env|

    /// A sign-in.
    Session "session", ["api", "session"], Anybody, {
        GET => session::show(call, env),
            says("Who is signed in").gives::<SignedIn>(200);
        POST => session::sign_in(call, request, env),
            says("Signs in as a new member").for_anybody().takes::<SignIn>().gives::<SignedIn>(201)
                .refuses([Problem::bad_admin_token(), Problem::too_many_sign_ins(1), Problem::not_configured()])
                .refuses([Problem::name_taken(None), Problem::guests_off(), Problem::access_required(), Problem::issuer_failed()]);
        PATCH => session::rename(call, request, env),
            says("Takes another name, here and in every room").takes::<Rename>().gives::<SignedIn>(200)
                .refuses([Problem::name_taken(None)]);
        DELETE => session::sign_out(call, env),
            says("Signs out; the sign-in's sockets close").gives_nothing(204);
    }
    /// How people may come in.
    SignIn "sign_in", ["api", "sign-in"], Anybody, {
        GET => sign_in::ways(env),
            says("How people may come in").for_anybody().gives::<SignInWays>(200);
    }
    /// The way to the provider.
    SignInBegin "sign_in_begin", ["api", "sign-in", "begin"], Anybody, {
        GET => sign_in::begin(call, env),
            says("Sends a browser to the provider that people sign in with").for_anybody().asks::<SignInQuery>()
                .gives_nothing(303).refuses([Problem::not_found(), Problem::too_many_sign_ins(1), Problem::issuer_failed()]);
    }
    /// The way back.
    SignInCallback "sign_in_callback", ["api", "sign-in", "callback"], Anybody, {
        GET => sign_in::finish(call, env),
            says("Where the provider sends it back to, signed in").for_anybody().asks::<CallbackQuery>()
                .gives_nothing(303).refuses([Problem::not_found(), Problem::too_many_sign_ins(1), Problem::bad_sign_in()])
                .refuses([Problem::issuer_failed(), Problem::not_configured()]);
    }
    /// The public rooms.
    Rooms "rooms", ["api", "rooms"], Members, {
        GET => rooms::list(call, env),
            says("Public rooms, in the order of their slugs").asks::<RoomsQuery>().gives::<RoomPage>(200);
        POST => rooms::create(call, request, env),
            says("Makes a room; the caller is its owner").takes::<NewRoom>().gives::<RoomInfo>(201)
                .refuses([Problem::room_exists()]).rejects([RejectCode::TooMany, RejectCode::StorageFailed]);
    }
    /// A room.
    Room(room) "room", ["api", "rooms", room], Members, {
        GET => room::asked(call, env, room, What::Info),
            says("The room").gives::<RoomInfo>(200);
        PATCH => room::change(call, request, env, room),
            says("Changes its settings; what is absent stays").takes::<RoomChange>().gives::<RoomInfo>(200);
        DELETE => room::end(call, env, room),
            says("Ends the room, with all that is in it").gives_nothing(204);
    }
    /// A room's messages.
    Messages(room) "messages", ["api", "rooms", room, "messages"], Members, {
        GET => messages::page(call, env, room),
            says("A page of history, oldest first").asks::<MessagesQuery>().gives::<MessagesPage>(200);
        POST => messages::send(call, request, env, room),
            says("Writes a message, by the same path as a socket's").takes::<SendBody>()
                .gives::<Sent>(201).gives::<Sent>(200).rejects(COMMAND);
    }
    /// Who is behind the reactions on a message.
    Reactions(room, seq) "reactions", ["api", "rooms", room, "messages", seq, "reactions"], Members, {
        GET => messages::reactors(call, env, room, seq),
            says("The reactions on a message, and who is behind each").gives::<MessageReactions>(200)
                .refuses([Problem::not_found()]);
    }
    /// A room's log.
    Events(room) "events", ["api", "rooms", room, "events"], Members, {
        GET => events::page(call, env, room),
            says("A page of the log, oldest first").asks::<EventsQuery>().gives::<EventsPage>(200);
    }
    /// A room's members.
    Members(room) "members", ["api", "rooms", room, "members"], Members, {
        GET => members::page(call, env, room),
            says("The members with a role, a mute or a ban; in a private room, all").asks::<MembersQuery>()
                .gives::<MembersPage>(200);
    }
    /// A room's moderation log.
    Moderation(room) "moderation", ["api", "rooms", room, "moderation"], Members, {
        GET => members::moderation(call, env, room),
            says("The moderation log, newest first; for moderators").asks::<ModerationQuery>()
                .gives::<ModerationPage>(200);
    }
    /// A room's whole log.
    Export(room) "export", ["api", "rooms", room, "export"], Members, {
        GET => room::asked(call, env, room, What::Export),
            says("The whole log, an event a line; for moderators").gives_bytes(200, "application/x-ndjson");
    }
    /// What was written elsewhere.
    Import(room) "import", ["api", "rooms", room, "import"], Members, {
        POST => room::import(call, request, env, room),
            says("Brings in lines of an export, behind what is there; for the room's owner").takes_bytes("application/x-ndjson")
                .gives_nothing(204).refuses([Problem::unfit(Unfit::Pins(Seq::ZERO))]).rejects([RejectCode::RateLimited]);
    }
    /// A search in a room.
    Search(room) "search", ["api", "rooms", room, "search"], Members, {
        GET => search::page(call, env, room),
            says("Messages that have certain words, newest first").asks::<SearchQuery>().gives::<SearchPage>(200);
    }
    /// A socket into a room.
    Socket(room) "socket", ["api", "rooms", room, "socket"], Anybody, {
        GET => socket::open(call, env, room),
            says("A socket, subprotocol edgewise.v1: it speaks ClientFrame and ServerFrame. Whoever may not come in is let in and told so by a close code")
                .asks::<SocketQuery>().gives_nothing(101).refuses([Problem::upgrade_required(), Problem::bad_origin()]);
    }
    /// Files of a room.
    Files(room) "files", ["api", "rooms", room, "files"], Members, {
        POST => files::bring(call, request, env, room),
            says("Brings a file, called as x-file-name says in percent-encoded UTF-8; it waits a day for its message")
                .takes_bytes("application/octet-stream").gives::<File>(201).refuses([Problem::length_required()])
                .rejects([RejectCode::Empty, RejectCode::TooMany, RejectCode::Muted, RejectCode::RateLimited]);
    }
    /// One of them.
    File(room, file) "file", ["api", "rooms", room, "files", file], Members, {
        GET => files::give(call, request, env, (room, file)),
            says("The file, or the part of it that Range asks for")
                .gives_bytes(200, "*/*").gives_bytes(206, "*/*").gives_nothing(304)
                .refuses([Problem::not_found(), Problem::beyond(0)]);
    }
    /// Invitations into a room.
    Invites(room) "invites", ["api", "rooms", room, "invites"], Members, {
        POST => invites::make(call, request, env, room),
            says("Makes an invitation; for moderators").takes::<NewInvite>().gives::<Invite>(201)
                .rejects([RejectCode::TooMany]);
    }
    /// An invitation, for whoever made it.
    InviteOf(room, code) "invites", ["api", "rooms", room, "invites", code], Members, {
        DELETE => invites::revoke(call, env, room, code),
            says("Takes an invitation back; for moderators").gives_nothing(204).refuses([Problem::not_found()]);
    }
    /// An invitation, for whoever holds it.
    Invite(code) "invite", ["api", "invites", code], Members, {
        POST => invites::redeem(call, env, code),
            says("Uses an invitation").gives::<RoomNamed>(200).refuses([Problem::not_found(), Problem::invite_spent()])
                .rejects([RejectCode::TooMany, RejectCode::ReadOnly, RejectCode::StorageFailed]);
    }
    /// A room's slash commands.
    Commands(room) "commands", ["api", "rooms", room, "commands"], Members, {
        GET => room::asked(call, env, room, What::Commands),
            says("The room's slash commands; for whoever may write there").gives::<CommandLines>(200)
                .rejects([RejectCode::Muted]);
    }
    /// A room's webhooks.
    Hooks(room) "hooks", ["api", "rooms", room, "hooks"], Members, {
        GET => room::asked(call, env, room, What::Hooks),
            says("The room's webhooks; for moderators").gives::<HookLines>(200);
        POST => hooks::make(call, request, env, room),
            says("Makes a webhook, whose secret is shown this once; for moderators").takes::<NewHook>()
                .gives::<MadeHook>(201).refuses([Problem::name_taken(None)]).rejects([RejectCode::TooMany]);
    }
    /// One of them, for moderators.
    HookOf(room, hook) "hooks", ["api", "rooms", room, "hooks", hook], Members, {
        DELETE => hooks::unmake(call, env, room, hook),
            says("Takes a webhook away; for moderators").gives_nothing(204).refuses([Problem::not_found()]);
    }
    /// One of them, for whoever knows its secret.
    Hook(code) "hook", ["api", "hooks", code], Anybody, {
        POST => hooks::post(call, request, env, code),
            says("Writes by a webhook").for_anybody().takes::<HookPost>().gives::<Sent>(201).gives::<Sent>(200)
                .refuses([Problem::not_found(), Problem::name_taken(None)]).rejects(COMMAND)
                .rejects([RejectCode::ReadOnly, RejectCode::StorageFailed]);
    }
    /// Direct rooms.
    Direct "direct", ["api", "direct"], Members, {
        POST => direct::open(call, request, env),
            says("Opens the one private room of two members").takes::<NewDirect>().gives::<RoomNamed>(200)
                .refuses([Problem::not_found()])
                .rejects([RejectCode::RateLimited, RejectCode::TooMany, RejectCode::StorageFailed]);
    }
    /// The caller's account.
    Me "me", ["api", "me"], Members, {
        DELETE => account::end(call, env),
            says("Deletes the caller's account, and their messages or their name on them, in every room; not for programs")
                .asks::<FarewellQuery>().gives_nothing(204).refuses([Problem::not_by_program()]);
    }
    /// The caller's rooms.
    MyRooms "my_rooms", ["api", "me", "rooms"], Members, {
        GET => my_rooms::list(call, env),
            says("The rooms that the caller keeps, with what is unread in each").gives::<MyRooms>(200);
    }
    /// One of them.
    MyRoom(room) "my_room", ["api", "me", "rooms", room], Members, {
        PUT => my_rooms::keep(call, env, room),
            says("Keeps a room").gives_nothing(204).rejects([RejectCode::TooMany]);
        DELETE => room::asked(call, env, room, What::Leave),
            says("Leaves it").gives_nothing(204);
    }
    /// Whether the caller wants notifications of one of them.
    Quiet(room) "quiet", ["api", "me", "rooms", room, "quiet"], Members, {
        PUT => push::hush(call, env, room),
            says("Wants no notifications of a room; not for programs").gives_nothing(204)
                .refuses([Problem::not_by_program()]);
        DELETE => push::unhush(call, env, room),
            says("Wants them again").gives_nothing(204).refuses([Problem::not_by_program()]);
    }
    /// Where the caller takes notifications.
    Push "push", ["api", "me", "push"], Members, {
        GET => push::state(call, env),
            says("The key to subscribe to notifications with, and whether this sign-in has").gives::<PushState>(200);
        POST => push::subscribe(call, request, env),
            says("This sign-in takes notifications there; not for programs").takes::<PushSubscription>().gives_nothing(204)
                .refuses([Problem::not_found(), Problem::not_by_program()]);
        DELETE => push::unsubscribe(call, env),
            says("It takes them no longer").gives_nothing(204).refuses([Problem::not_by_program()]);
    }
    /// The caller's API tokens.
    Tokens "tokens", ["api", "me", "tokens"], Members, {
        GET => tokens::list(call, env),
            says("The API tokens by which programs act as the caller; not for programs").gives::<ApiTokens>(200)
                .refuses([Problem::not_by_program()]);
        POST => tokens::make(call, request, env),
            says("Makes an API token, which is shown this once").takes::<NewApiToken>().gives::<ApiToken>(201)
                .refuses([Problem::not_by_program()]).rejects([RejectCode::TooMany]);
    }
    /// One of them.
    TokenOf(id) "tokens", ["api", "me", "tokens", id], Members, {
        DELETE => tokens::revoke(call, env, id),
            says("Takes an API token back; its sockets close").gives_nothing(204)
                .refuses([Problem::not_found(), Problem::not_by_program()]);
    }
    /// Everything that the caller wrote.
    MyExport "my_export", ["api", "me", "export"], Members, {
        GET => my_export::pack(call, env),
            says("Everything that the caller wrote, in every room: lines of JSON in a zip file")
                .gives_bytes(200, "application/zip").rejects([RejectCode::RateLimited]);
    }
    /// Errors of browsers.
    ClientErrors "client_errors", ["api", "client-errors"], Anybody, {
        POST => client_errors::take(call, request, env),
            says("Reports errors of a page").for_anybody().takes::<ErrorReports>().gives_nothing(202)
                .refuses([Problem::too_many_reports(1)]);
    }
    /// How pages fare.
    ClientMetrics "client_metrics", ["api", "client-metrics"], Members, {
        POST => client_metrics::take(call, request, env),
            says("Tells how a page fared").takes::<ClientMetrics>().gives_nothing(204);
    }
    /// The description of all this.
    Description "description", ["api", "openapi.json"], Anybody, {
        GET => assets::serve(call, request, env),
            says("This description").for_anybody().gives_bytes(200, "application/json");
        HEAD => assets::serve(call, request, env),
            says("Whether this description is there").for_anybody().gives_nothing(200);
    }
    /// All that was counted.
    Metrics "metrics", ["metrics"], Anybody, {
        GET => metrics::show(call, env),
            says("All that was counted, for Prometheus; the bearer is METRICS_TOKEN").for_anybody()
                .gives_bytes(200, "text/plain").refuses([Problem::bad_metrics_token(), Problem::not_found()]);
    }
    /// Whether the Worker runs.
    Health "healthz", ["healthz"], Anybody, {
        GET => health::health(), says("The Worker runs").for_anybody().gives::<Health>(200);
        HEAD => health::health(), says("The Worker runs").for_anybody().gives_nothing(200);
    }
    /// Whether it can keep what it is given.
    Ready "readyz", ["readyz"], Anybody, {
        GET => health::ready(call, env), says("An object answers and can write").for_anybody().gives::<Health>(200);
        HEAD => health::ready(call, env), says("An object answers and can write").for_anybody().gives_nothing(200);
    }
}
