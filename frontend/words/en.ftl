### The words on the screen, in the first language. Every other file here has the same keys with the same arguments, or nothing builds.
### `key` becomes the function `words::key()`. A number is NUMBER($count), or chooses between [one] and *[other].

## The page itself, before there is a program: frontend/index.html has the keys.

page-description = Real-time chat that lives at the edge.
page-loading = Loading messages
page-no-script = Edgewise needs JavaScript and WebAssembly. Allow both for this page, then load it again.
page-broken = Something broke
page-broken-means = This page has a fault and stopped. What you wrote and had not been sent yet is kept in this browser; it goes out after you reload.
page-reload = Reload
page-fresh = A new version of Edgewise is here.
page-use-fresh = Use it now
page-unable = Edgewise could not be loaded. Check your network, then load this page again. It needs a browser with WebAssembly.

## Instants

just-now = just now
minutes-ago = { NUMBER($minutes) } min ago
today = Today
yesterday = Yesterday

## One's own account

account = Your account
account-you-are = You are { $name }.
download-my-data = Download my data
download-means = Everything that you wrote, in every room, as lines of text in a zip file.
delete-account = Delete my account
delete-account-means = You are signed out everywhere and leave every room. A room that you alone own goes to somebody else, and one that nobody else is in ends. There is no way back.
messages-become = What becomes of your messages
messages-stay = They stay, without my name
messages-go = They are deleted too
delete-account-sure-stay = Really? Your account ends now. Your messages stay, and nobody is shown as their author.
delete-account-sure-go = Really? Your account ends now, and all your messages and files are deleted.
delete-account-yes = Yes, delete my account
keep-account = Keep my account
account-going = Deleting your account
account-gone = Your account is deleted
account-gone-means = The rooms that you were in are forgetting you. That may take a few minutes.
start-anew = Start anew
departed-member = Deleted member

## What can be done with a message

message-by = Message by { $name }
react = React
reply = Reply
edit = Edit
delete = Delete
react-with = React with { $emoji }
no-reaction = No reaction
delete-for-everybody = Delete for everybody?
keep = Keep
thumbs-up = thumbs up
heart = heart
laughing = laughing
party = party
eyes = eyes
done = done
thanks = thanks
sad = sad
reactions = Reactions
reaction-only-you = { $emoji }: 1, only you
reaction-you-too = { $emoji }: { NUMBER($count) }, you too
reaction-of = { $emoji }: { NUMBER($count) }
reacted = { $names } reacted with { $emoji }
reacted-too = { $names } and { NUMBER($count) } more reacted with { $emoji }

## A message

mentions-you = { $heading }, mentions you
an-earlier-message = an earlier message
deleted = deleted
message-deleted = This message was deleted.
edited = edited
pinned = pinned
waiting = waiting
not-sent = not sent
waiting-to-be-sent = Waiting to be sent
not-sent-because = Not sent. { $reason }
try-again = Try again
discard = Discard
another-name = You wrote this under another name, before you were signed in again.
change-your-message = Change your message
save = Save
cancel = Cancel
enter-saves = Enter saves, Esc cancels

## The timeline

messages-in = Messages in { $room }
new-messages = New messages
new = new
show-gap = Show the messages in between
jump-to-date = Jump to a date
jump = Jump
new-count = { NUMBER($count) } new
newest = Newest
this-is = This is #{ $room }
nobody-wrote = Nobody has written here yet. Write the first message: whoever comes later reads it too.
room-begins = This is where the room begins.
loading-messages = Loading messages
typing-one = { $name } is typing…
typing-two = { $one } and { $two } are typing…
typing-three = { $one }, { $two } and { $three } are typing…
typing-many = { $name } and { NUMBER($others) } others are typing…

## The composer

message-room = Message #{ $room }
write-to-room = Write to #{ $room }
send = Send
send-key = Send (Enter)
answering = Answering
answer-nobody = Answer nobody
answer-nobody-key = Answer nobody (Esc)
characters-left = { NUMBER($count) } left
characters-too-many = { NUMBER($count) } too many
suggestions = Suggestions
everybody-here = everybody in this room
preview = Preview
slow-mode = Slow mode: your next message goes out in { NUMBER($seconds) } s.
seconds = { NUMBER($seconds) } s

## Files

attach-files = Attach files
drop-files = Drop the files to put them into your message in #{ $room }.
megabytes = { NUMBER($whole) }.{ NUMBER($tenths) } MB
message-takes-files = A message takes { NUMBER($count) } files.
file-too-large = It is too large: a file here has at most { NUMBER($megabytes) } MB.
file-empty = There is nothing in it.
files-of-this-message = Files of this message
take-out = Take { $name } out
take-it-out = Take it out
on-its-way = { $name } is on its way
server-did-not-take = The server did not take it.
browser-cannot-send = This browser cannot send it.

## The connection and the disk

connecting = Connecting…
you-are-offline = You are offline. What you write is kept and sent later.
connection-lost = Connection lost.
back-in = Back in { NUMBER($seconds) } s
try-now = Try now
sign-in-again = Sign in again
reload = Reload
go-to-lobby = Go to #lobby
ended-no-session = Your sign-in has ended. What you wrote is kept.
ended-not-allowed = You are not allowed in this room.
ended-no-room = There is no room at this address.
ended-removed = You were removed from this room.
ended-version = This page is out of date. Load it again to go on.
ended-too-many-windows = You have too many windows open in this room. Close some, then load this one again.
ended-broken = The room could not read what this page sent. Load it again to go on.
ended = The room ended the connection. Load the page again to go on.
disk-failing = This browser keeps nothing for us on disk. Leave the page open until everything you wrote is sent.
goes-on-trying = { $problem } This page goes on trying.
cannot-be-reached = Edgewise cannot be reached. Check your network.
answer-unknown = The server answered in a way this page does not know. Load the page again.
answered-status = The server answered { $status }. Try again in a moment.

## Around the room

people-in-room = { $count ->
    [one] { $count } person in the room
   *[other] { $count } people in the room
}
who-is-in-room = Who is in the room
rooms = Rooms
rooms-and-you = Rooms and you
people = People
close-panel = Close the panel
find-or-make = Find or make a room
direct = Direct
count-unread = { NUMBER($count) } unread
count-for-you = { NUMBER($count) } for you
your-settings = You are { $name }. Your settings
standing-connected = connected
standing-connecting = connecting
standing-coming-back = coming back
standing-offline = offline
standing-ended = not connected
in-the-room = In the room
and-more = and { NUMBER($count) } more
owner = owner
moderator = moderator
you = you
away = away
write-alone = Write to { $name } alone

## Search and pins

search = Search
search-this-room = Search this room
search-words = Words
search-closer = Only by somebody, or from a time
search-hint = All words must be there. “A phrase” in quotes, and wor* for the begin of a word.
show-older = Show older ones
written-by = Written by
anybody = Anybody
from-day = From
until-day = Until
nothing-found = Nothing was found.
found-messages = Found messages
pinned-messages = Pinned messages
nothing-pinned = Nothing is pinned here. Moderators pin a message by the bar at its edge.
loading-message = Loading the message
take-down = Take down
take-down-what = Take down what { $name } wrote
take-pin-down = Take the pin down
pin-to-room = Pin to the room
label-count = { $label }: { NUMBER($count) }
close = Close
close-key = Close (Esc)

## What is read out, and the keys

members = Members
room-settings = Room settings
moderation-log = Moderation log
my-settings = Your settings
said = { $name }: { $text }
keys = Keys
key-enter = Send the message, or save the change
key-shift-enter = Begin a new line
key-up = Change your last message, while the field is empty
key-strong = Strong words
key-emphasis = Emphasis
key-struck = Struck words
key-code = Code
key-link = A link
key-escape = Close what is open; answer nobody; leave a change
key-tab = Go to the next message, button or field
key-question = Show this sheet, outside a field

## A name

what-to-call-you = What should we call you?
use-this-name = Use this name
stay = Stay { $name }
sign-in-with = Sign in with { $provider }
no-name = That cannot be a name: { $why }.
name-empty = there is nothing but white space in it
name-too-long = it is longer than { NUMBER($count) } characters
name-invisible = it has a character that cannot be seen
name-unsettled = its characters change into others; write it in plainer ones

## The directory

all-rooms = All rooms
find-a-room = Find a room
words-of-name-or-topic = Words of its name or topic
show-more-rooms = Show more rooms
public-rooms = Public rooms
no-room-found = No room has these words. You can make one.
here-now = { NUMBER($count) } here now
in-my-rooms = in my rooms
join = Join
join-room = Join { $room }
new-room = New room
room-name = Name
room-topic = What it is about
room-private = Private: nobody finds it, and only whom you invite comes in
make-the-room = Make the room

## The room's care

invite-people = Invite people
send-this-link = Send them this link
copy-the-link = Copy the link
take-it-back = Take it back
link-copied = The link is copied.
link-taken-back = The link opens nothing any more.
cannot-copy = This browser does not let the page copy. Select the link and copy it.
link-as-code = The link as a QR code
link-lets-in = { $uses ->
    [one] It lets one person in, until { $time }. It is shown this once.
   *[other] It lets { $uses } people in, until { $time }. It is shown this once.
}
leave-really = Really? A private room is closed to you until somebody invites you again.
leave-yes = Yes, leave
leave-no = Stay
leave-this-room = Leave this room
keep-in-my-rooms = Keep in my rooms
for-how-many = For how many
good-for-days = Good for so many days
make-a-link = Make a link

## One's own settings

my-name = Name
change-your-name = Change your name
look = Look, in this browser
look-system = As the system has it
look-light = Light
look-dark = Dark
language = Language, in this browser
language-of-browser = As the browser has it
language-after-reload = It is spoken once this page is loaded again. What you wrote stays.
language-not-kept = This browser keeps nothing for us, so the page goes on as the browser wishes.
programs = Programs
programs-means = A program signs in as you by a token. Whoever has one can write as you.
tokens = Tokens
program-name = Name of the program
make-a-token = Make a token
token-once = The token: it is shown this once
copy-the-token = Copy the token
until = until { $time }
take-back = Take back
take-back-what = Take back { $name }
end-token-yes = Yes, end it
sign-out = Sign out
sign-out-here = Sign out of this browser
sign-out-guest = You are a guest here: nobody can sign in as you again, not even you.
sign-out-chosen = On all your windows of this browser. Without a provider that knows you, nobody can sign in as you again.

## Notifications

notifications = Notifications
notifications-mean = Of messages that mention you and of direct ones, while you look at something else or have no tab of this page open.
notifications-of-open-pages = Of messages that mention you and of direct ones, while a tab of this page is open and you look at something else. This server sends none to closed tabs.
notifications-unable = This browser shows no notifications for this page. Over https another browser may, or this one with the page installed as an app.
notifications-denied = This browser was told not to show notifications of this page. Allow them in its settings for this site, beside the address; then come back here.
notifications-failed = The browser could not switch notifications on. Its push service may be out of reach: try again later.
notifications-of-rooms = Of which rooms, on all your devices
notify-me = Switch on in this browser
notify-no-more = Switch off in this browser

## The room's settings

loading = Loading
nothing-changed = Nothing was changed.
settings-saved = The settings are saved.
wait-off = Off
slow-mode-wait = Slow mode: wait between two messages of one member
who-may-write = Who may write
everybody = Everybody
moderators-and-owners = Moderators and owners
keep-for-days = Keep messages for so many days (empty: for ever)
keep-means = What is older is taken out for good, files with it.
take-it-along = Take it along
download-room = Download all that stands in this room
hand-over = Hand it over
hand-over-means = Make somebody else an owner, then step down yourself.
open-members = Open the members
end-room = End it
delete-room = Delete this room
delete-room-means = All messages and files go, for everybody and for good, and its address is not used again.
type-its-name = Type its name, { $name }, to delete it
not-its-name = That is not its name.
delete-for-good = Delete for good
keep-it = Keep it
span-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
span-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
span-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
span-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}

## What is done about members

what-to-do-about = { $press }: what to do about { $name }
change = Change
here = here
muted = muted
muted-until = muted until { $time }
kept-out = kept out
kept-out-until = kept out until { $time }
deed-on-its-way = On its way.
not-done-because = Not done. { $reason }
make-owner = Make owner
make-moderator = Make moderator
make-member = Make member
step-down-to-moderator = Step down to moderator
step-down-to-member = Step down to member
mute = Mute
let-write-again = Let write again
throw-out = Throw out
keep-out = Keep out
let-in-again = Let in again
for-how-long = For how long
until-taken-back = Until it is taken back
why-in-log = Why (in the moderation log)
step-down-means = You give up being an owner. Only another owner can make you one again.
make-owner-means = { $name } may then do everything here, also take your role from you and delete the room.
make-moderator-means = { $name } may then delete what others write, mute people and keep them out.
make-member-means = { $name } may then write and read, and nothing more.
mute-means = { $name } can read and not write until that is over.
throw-out-means = { $name } has to leave, and may come back.
throw-out-of-private-means = { $name } has to leave, and needs a new invitation to come back.
keep-out-means = { $name } has to leave, and cannot come in until that is over.
let-off-means = { $name } is let off.

## The moderation log: each stands behind the name of whoever did it

log-empty = Nothing has been done here yet that stands in this log.
show-it = Show it
member = member
log-joined = joined.
log-left = left.
log-role = made { $name } { $role }.
log-kicked = threw { $name } out.
log-banned = keeps { $name } out.
log-banned-until = keeps { $name } out until { $time }.
log-unbanned = lets { $name } in again.
log-muted = muted { $name }.
log-muted-until = muted { $name } until { $time }.
log-unmuted = lets { $name } write again.
log-member-unknown = changed something about { $name }.
log-pinned = pinned a message.
log-unpinned = took a pin down.
log-deleted = deleted what somebody else wrote.
log-pruned = took out what was too old.
log-unknown = did something that this page does not know.
log-set = set { $changes }.
log-set-title = the name to “{ $title }”
log-set-topic = the topic to “{ $topic }”
log-set-slow-off = slow mode off
log-set-slow = slow mode to { $span }
log-set-kept = messages to be kept for ever
log-set-kept-days = messages to be kept for { NUMBER($days) } days
log-set-everybody = that everybody may write
log-set-moderators = that only moderators write

## Addresses that lead nowhere

invitation-opens-nothing = This invitation does not open a room
nothing-here = There is nothing at this address
room-address = A room's address ends in /r/ and its name, in small letters, digits and dashes.

## What the server says, by its code. Where English is read, the server's own sentence is shown; these are what it says at least.

problem-bad_frame = That could not be read. Load the page again.
problem-unknown_type = This server does not know that. It may be older than your page.
problem-too_large = That is more than 64 KiB. Send less at once.
problem-empty = There is nothing in it. Write something first.
problem-too_long = That is longer than 4,000 characters. Shorten it or send it in parts.
problem-bad_id = This page sent an id that the server does not take. Load the page again.
problem-id_reused = That id was used for something else. Send it again.
problem-not_found = That is not there any more.
problem-forbidden = You may not do that here.
problem-not_yours = Only the one who wrote it may do that.
problem-muted = You are muted here. You can still read; a moderator can let you write again.
problem-read_only = The room cannot take anything new just now. It opens again by itself.
problem-slow_mode = This room is in slow mode. Wait a little, then send it again.
problem-rate_limited = That was too fast. Wait a moment, then try again.
problem-too_many = That is more than one message can carry. Take some away.
problem-bad_emoji = A reaction is exactly one emoji.
problem-storage_failed = It could not be saved, so it was not sent. Try again in a moment.
problem-busy = The room has too much to do. Try again in a moment.
problem-unknown = The server refused it for a reason that this version does not know.
problem-bad_request = The server cannot read what was asked. Check what you entered.
problem-no_session = You are not signed in. Load the page again.
problem-guests_off = Guests do not come in here. Sign in.
problem-access_required = This server is behind Cloudflare Access, and you did not come by it. Open its own address.
problem-issuer_failed = The sign-in service does not answer as it should. Try again in a moment.
problem-room_not_found = There is no such room. Check its address.
problem-room_exists = A room with this address is there already. Take another, or none.
problem-invite_spent = This invitation is used up, or its time is over. Ask for another.
problem-name_taken = That name is taken, or looks like one that is. Take another name.
problem-internal = Something went wrong on the server. Try again in a moment.

## Parts of the app that come later

chunk-missing = This part of the app could not be loaded. Check the connection and try again. If the app was updated meanwhile, reload the page.
