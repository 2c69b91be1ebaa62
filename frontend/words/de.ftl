### Die Wörter auf dem Bildschirm, auf Deutsch. Leser werden geduzt.

## Die Seite selbst

page-description = Chat in Echtzeit, der am Rand des Netzes lebt.
page-loading = Nachrichten werden geladen
page-no-script = Edgewise braucht JavaScript und WebAssembly. Erlaube beides für diese Seite und lade sie neu.
page-broken = Etwas ist kaputtgegangen
page-broken-means = Diese Seite hat einen Fehler und ist stehen geblieben. Was du geschrieben hast und noch nicht gesendet war, ist in diesem Browser aufbewahrt; es geht hinaus, sobald du neu lädst.
page-reload = Neu laden
page-fresh = Eine neue Version von Edgewise ist da.
page-use-fresh = Jetzt verwenden
page-unable = Edgewise konnte nicht geladen werden. Prüfe dein Netz und lade diese Seite neu. Sie braucht einen Browser mit WebAssembly.

## Zeitpunkte

just-now = gerade eben
minutes-ago = vor { NUMBER($minutes) } Min.
today = Heute
yesterday = Gestern

## Was man mit einer Nachricht tun kann

message-by = Nachricht von { $name }
react = Reagieren
reply = Antworten
edit = Bearbeiten
delete = Löschen
react-with = Mit { $emoji } reagieren
no-reaction = Keine Reaktion
delete-for-everybody = Für alle löschen?
keep = Behalten
thumbs-up = Daumen hoch
heart = Herz
laughing = Lachen
party = Feier
eyes = Augen
done = erledigt
thanks = danke
sad = traurig
reactions = Reaktionen
reaction-only-you = { $emoji }: 1, nur du
reaction-you-too = { $emoji }: { NUMBER($count) }, du auch
reaction-of = { $emoji }: { NUMBER($count) }
reacted = { $names }: { $emoji }
reacted-too = { $names } und { NUMBER($count) } weitere: { $emoji }

## Eine Nachricht

mentions-you = { $heading }, erwähnt dich
an-earlier-message = eine frühere Nachricht
deleted = gelöscht
message-deleted = Diese Nachricht wurde gelöscht.
edited = bearbeitet
pinned = angeheftet
waiting = wartet
not-sent = nicht gesendet
waiting-to-be-sent = Wartet auf das Senden
not-sent-because = Nicht gesendet. { $reason }
try-again = Noch einmal versuchen
discard = Verwerfen
another-name = Das hast du unter einem anderen Namen geschrieben, bevor du neu angemeldet wurdest.
change-your-message = Deine Nachricht ändern
save = Speichern
cancel = Abbrechen
enter-saves = Enter speichert, Esc bricht ab

## Der Verlauf

messages-in = Nachrichten in { $room }
new-messages = Neue Nachrichten
new = neu
show-gap = Die Nachrichten dazwischen zeigen
jump-to-date = Zu einem Tag springen
jump = Springen
new-count = { NUMBER($count) } neu
newest = Neueste
this-is = Das ist #{ $room }
nobody-wrote = Hier hat noch niemand geschrieben. Schreib die erste Nachricht: Wer später kommt, liest sie auch.
room-begins = Hier beginnt der Raum.
loading-messages = Nachrichten werden geladen
typing-one = { $name } schreibt …
typing-two = { $one } und { $two } schreiben …
typing-three = { $one }, { $two } und { $three } schreiben …
typing-many = { $name } und { NUMBER($others) } andere schreiben …

## Das Schreibfeld

message-room = Nachricht an #{ $room }
write-to-room = Schreib in #{ $room }
send = Senden
send-key = Senden (Enter)
answering = Antwort an
answer-nobody = Niemandem antworten
answer-nobody-key = Niemandem antworten (Esc)
characters-left = noch { NUMBER($count) }
characters-too-many = { NUMBER($count) } zu viel
suggestions = Vorschläge
everybody-here = alle in diesem Raum
preview = Vorschau
slow-mode = Langsamer Modus: deine nächste Nachricht geht in { NUMBER($seconds) } s raus.
seconds = { NUMBER($seconds) } s

## Dateien

attach-files = Dateien anhängen
drop-files = Lass die Dateien los, um sie in deine Nachricht in #{ $room } zu legen.
megabytes = { NUMBER($whole) },{ NUMBER($tenths) } MB
message-takes-files = Eine Nachricht trägt { NUMBER($count) } Dateien.
file-too-large = Sie ist zu groß: hier hat eine Datei höchstens { NUMBER($megabytes) } MB.
file-empty = Sie ist leer.
files-of-this-message = Dateien dieser Nachricht
take-out = { $name } herausnehmen
take-it-out = Herausnehmen
on-its-way = { $name } ist unterwegs
server-did-not-take = Der Server hat es nicht angenommen.
browser-cannot-send = Dieser Browser kann es nicht senden.

## Verbindung und Speicher

connecting = Wird verbunden …
you-are-offline = Du bist offline. Was du schreibst, wird aufbewahrt und später gesendet.
connection-lost = Verbindung verloren.
back-in = Wieder da in { NUMBER($seconds) } s
try-now = Jetzt versuchen
sign-in-again = Neu anmelden
reload = Neu laden
go-to-lobby = Zu #lobby
ended-no-session = Deine Anmeldung ist abgelaufen. Was du geschrieben hast, ist aufbewahrt.
ended-not-allowed = Du darfst nicht in diesen Raum.
ended-no-room = Unter dieser Adresse gibt es keinen Raum.
ended-removed = Du wurdest aus diesem Raum entfernt.
ended-version = Diese Seite ist veraltet. Lade sie neu, um weiterzumachen.
ended-too-many-windows = Du hast zu viele Fenster in diesem Raum offen. Schließe einige und lade dieses neu.
ended-broken = Der Raum konnte nicht lesen, was diese Seite gesendet hat. Lade sie neu, um weiterzumachen.
ended = Der Raum hat die Verbindung beendet. Lade die Seite neu, um weiterzumachen.
disk-failing = Dieser Browser bewahrt nichts für uns auf. Lass die Seite offen, bis alles gesendet ist, was du geschrieben hast.
goes-on-trying = { $problem } Diese Seite versucht es weiter.
cannot-be-reached = Edgewise ist nicht erreichbar. Prüfe dein Netz.
answer-unknown = Der Server hat geantwortet, wie diese Seite es nicht kennt. Lade die Seite neu.
answered-status = Der Server hat mit { $status } geantwortet. Versuche es gleich noch einmal.

## Um den Raum herum

people-in-room = { $count ->
    [one] { $count } Person im Raum
   *[other] { $count } Personen im Raum
}
who-is-in-room = Wer im Raum ist
rooms = Räume
rooms-and-you = Räume und du
people = Personen
close-panel = Seitenleiste schließen
find-or-make = Raum finden oder gründen
direct = Direkt
count-unread = { NUMBER($count) } ungelesen
count-for-you = { NUMBER($count) } für dich
your-settings = Du bist { $name }. Deine Einstellungen
standing-connected = verbunden
standing-connecting = wird verbunden
standing-coming-back = kommt wieder
standing-offline = offline
standing-ended = nicht verbunden
in-the-room = Im Raum
and-more = und { NUMBER($count) } weitere
owner = Besitz
moderator = Moderation
you = du
away = abwesend
write-alone = Nur { $name } schreiben

## Suche und Angeheftetes

search = Suche
search-this-room = In diesem Raum suchen
search-words = Wörter
search-closer = Nur von jemandem oder aus einer Zeit
search-hint = Alle Wörter müssen vorkommen. „Eine Wendung“ in Anführungszeichen, und wor* für den Anfang eines Wortes.
show-older = Ältere zeigen
written-by = Geschrieben von
anybody = irgendwem
from-day = Von
until-day = Bis
nothing-found = Nichts gefunden.
found-messages = Gefundene Nachrichten
pinned-messages = Angeheftete Nachrichten
nothing-pinned = Hier ist nichts angeheftet. Die Moderation heftet eine Nachricht über die Leiste an ihrem Rand an.
loading-message = Nachricht wird geladen
take-down = Abnehmen
take-down-what = Abnehmen, was { $name } geschrieben hat
take-pin-down = Nicht mehr anheften
pin-to-room = Im Raum anheften
label-count = { $label }: { NUMBER($count) }
close = Schließen
close-key = Schließen (Esc)

## Was vorgelesen wird, und die Tasten

members = Mitglieder
room-settings = Einstellungen des Raums
moderation-log = Moderationsprotokoll
my-settings = Deine Einstellungen
said = { $name }: { $text }
keys = Tasten
key-enter = Nachricht senden oder Änderung speichern
key-shift-enter = Neue Zeile beginnen
key-up = Deine letzte Nachricht ändern, solange das Feld leer ist
key-strong = Fette Wörter
key-emphasis = Betonung
key-struck = Durchgestrichene Wörter
key-code = Code
key-link = Ein Link
key-escape = Schließen, was offen ist; niemandem antworten; eine Änderung lassen
key-tab = Zur nächsten Nachricht, Taste oder zum nächsten Feld
key-question = Dieses Blatt zeigen, außerhalb eines Feldes

## Ein Name

what-to-call-you = Wie sollen wir dich nennen?
use-this-name = Diesen Namen nehmen
stay = { $name } bleiben
sign-in-with = Mit { $provider } anmelden
no-name = Das kann kein Name sein: { $why }.
name-empty = Es steht nur Leerraum darin
name-too-long = Er ist länger als { NUMBER($count) } Zeichen
name-invisible = Er hat ein Zeichen, das man nicht sehen kann
name-unsettled = Seine Zeichen werden zu anderen; schreib ihn in einfacheren

## Das Verzeichnis

all-rooms = Alle Räume
find-a-room = Raum finden
words-of-name-or-topic = Wörter aus Name oder Thema
show-more-rooms = Mehr Räume zeigen
public-rooms = Öffentliche Räume
no-room-found = Kein Raum hat diese Wörter. Du kannst einen gründen.
here-now = { NUMBER($count) } gerade hier
in-my-rooms = bei meinen Räumen
join = Beitreten
join-room = { $room } beitreten
new-room = Neuer Raum
room-name = Name
room-topic = Worum es geht
room-private = Privat: Niemand findet ihn, und nur wen du einlädst, kommt hinein
make-the-room = Raum gründen

## Was man für den Raum tut

invite-people = Personen einladen
send-this-link = Schick ihnen diesen Link
copy-the-link = Link kopieren
take-it-back = Zurücknehmen
link-copied = Der Link ist kopiert.
link-taken-back = Der Link öffnet nichts mehr.
cannot-copy = Dieser Browser lässt die Seite nicht kopieren. Wähle den Link aus und kopiere ihn.
link-as-code = Der Link als QR-Code
link-lets-in = { $uses ->
    [one] Er lässt eine Person herein, bis { $time }. Er wird nur dieses eine Mal gezeigt.
   *[other] Er lässt { $uses } Personen herein, bis { $time }. Er wird nur dieses eine Mal gezeigt.
}
leave-really = Wirklich? Ein privater Raum ist dir verschlossen, bis dich wieder jemand einlädt.
leave-yes = Ja, verlassen
leave-no = Bleiben
leave-this-room = Diesen Raum verlassen
keep-in-my-rooms = Bei meinen Räumen behalten
for-how-many = Für wie viele
good-for-days = Für so viele Tage gültig
make-a-link = Link machen

## Die eigenen Einstellungen

my-name = Name
change-your-name = Deinen Namen ändern
look = Aussehen, in diesem Browser
look-system = Wie das System es hat
look-light = Hell
look-dark = Dunkel
language = Sprache, in diesem Browser
language-of-browser = Wie der Browser es hat
language-after-reload = Sie wird gesprochen, sobald diese Seite neu geladen ist. Was du geschrieben hast, bleibt.
language-not-kept = Dieser Browser bewahrt nichts für uns auf; die Seite bleibt, wie der Browser es wünscht.
programs = Programme
programs-means = Ein Programm meldet sich mit einem Token als du an. Wer eines hat, kann als du schreiben.
tokens = Tokens
program-name = Name des Programms
make-a-token = Token machen
token-once = Das Token: Es wird nur dieses eine Mal gezeigt
copy-the-token = Token kopieren
until = bis { $time }
take-back = Zurücknehmen
take-back-what = { $name } zurücknehmen
end-token-yes = Ja, beenden
sign-out = Abmelden
sign-out-here = In diesem Browser abmelden
sign-out-guest = Du bist hier Gast: Niemand kann sich wieder als du anmelden, auch du nicht.
sign-out-chosen = In allen deinen Fenstern dieses Browsers. Ohne einen Anbieter, der dich kennt, kann sich niemand wieder als du anmelden.

## Benachrichtigungen

notifications = Benachrichtigungen
notifications-mean = Über Nachrichten, die dich erwähnen, und über direkte, während du etwas anderes ansiehst oder keinen Tab dieser Seite offen hast.
notifications-of-open-pages = Über Nachrichten, die dich erwähnen, und über direkte, während ein Tab dieser Seite offen ist und du etwas anderes ansiehst. An geschlossene Tabs sendet dieser Server nichts.
notifications-unable = Dieser Browser zeigt für diese Seite keine Benachrichtigungen. Über https tut es vielleicht ein anderer, oder dieser, wenn die Seite als App installiert ist.
notifications-denied = Diesem Browser wurde gesagt, dass er von dieser Seite keine Benachrichtigungen zeigen soll. Erlaube sie in seinen Einstellungen für diese Website, neben der Adresse; dann komm hierher zurück.
notifications-failed = Der Browser konnte die Benachrichtigungen nicht einschalten. Vielleicht ist sein Push-Dienst nicht erreichbar: Versuche es später noch einmal.
notifications-of-rooms = Aus welchen Räumen, auf allen deinen Geräten
notify-me = In diesem Browser einschalten
notify-no-more = In diesem Browser ausschalten

## Die Einstellungen des Raums

loading = Wird geladen
nothing-changed = Es wurde nichts geändert.
settings-saved = Die Einstellungen sind gespeichert.
wait-off = Aus
slow-mode-wait = Langsamer Modus: Pause zwischen zwei Nachrichten eines Mitglieds
who-may-write = Wer schreiben darf
everybody = Alle
moderators-and-owners = Moderation und Besitz
keep-for-days = Nachrichten so viele Tage behalten (leer: für immer)
keep-means = Was älter ist, wird endgültig herausgenommen, Dateien auch.
take-it-along = Mitnehmen
download-room = Alles herunterladen, was in diesem Raum steht
hand-over = Übergeben
hand-over-means = Gib jemand anderem den Besitz, dann gib deinen ab.
open-members = Mitglieder öffnen
end-room = Beenden
delete-room = Diesen Raum löschen
delete-room-means = Alle Nachrichten und Dateien verschwinden, für alle und endgültig, und seine Adresse wird nicht wieder vergeben.
type-its-name = Schreib seinen Namen, { $name }, um ihn zu löschen
not-its-name = So heißt er nicht.
delete-for-good = Endgültig löschen
keep-it = Behalten
span-seconds = { $count ->
    [one] { $count } Sekunde
   *[other] { $count } Sekunden
}
span-minutes = { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
}
span-hours = { $count ->
    [one] { $count } Stunde
   *[other] { $count } Stunden
}
span-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}

## Was mit Mitgliedern geschieht

what-to-do-about = { $press }: was mit { $name } geschehen soll
change = Ändern
here = hier
muted = stummgeschaltet
muted-until = stummgeschaltet bis { $time }
kept-out = ausgesperrt
kept-out-until = ausgesperrt bis { $time }
deed-on-its-way = Ist unterwegs.
not-done-because = Nicht geschehen. { $reason }
make-owner = Besitz geben
make-moderator = Moderation geben
make-member = Zum Mitglied machen
step-down-to-moderator = Besitz abgeben, Moderation behalten
step-down-to-member = Besitz abgeben, Mitglied bleiben
mute = Stummschalten
let-write-again = Wieder schreiben lassen
throw-out = Hinauswerfen
keep-out = Aussperren
let-in-again = Wieder hereinlassen
for-how-long = Für wie lange
until-taken-back = Bis es zurückgenommen wird
why-in-log = Warum (steht im Moderationsprotokoll)
step-down-means = Du gibst den Besitz ab. Nur wer ihn noch hat, kann ihn dir wiedergeben.
make-owner-means = { $name } darf dann hier alles, auch dir deine Rolle nehmen und den Raum löschen.
make-moderator-means = { $name } darf dann löschen, was andere schreiben, Personen stummschalten und aussperren.
make-member-means = { $name } darf dann schreiben und lesen und sonst nichts.
mute-means = { $name } kann lesen und nicht schreiben, bis das vorbei ist.
throw-out-means = { $name } muss gehen und darf wiederkommen.
throw-out-of-private-means = { $name } muss gehen und braucht eine neue Einladung, um wiederzukommen.
keep-out-means = { $name } muss gehen und kann nicht herein, bis das vorbei ist.
let-off-means = { $name } wird es erlassen.

## Das Moderationsprotokoll: Jedes steht hinter dem Namen dessen, der es getan hat

log-empty = Hier ist noch nichts geschehen, was in diesem Protokoll steht.
show-it = Zeigen
member = Mitglied
log-joined = ist beigetreten.
log-left = ist gegangen.
log-role = hat { $name } die Rolle { $role } gegeben.
log-kicked = hat { $name } hinausgeworfen.
log-banned = hat { $name } ausgesperrt.
log-banned-until = hat { $name } bis { $time } ausgesperrt.
log-unbanned = lässt { $name } wieder herein.
log-muted = hat { $name } stummgeschaltet.
log-muted-until = hat { $name } bis { $time } stummgeschaltet.
log-unmuted = lässt { $name } wieder schreiben.
log-member-unknown = hat etwas an { $name } geändert.
log-pinned = hat eine Nachricht angeheftet.
log-unpinned = hat eine Nachricht abgenommen.
log-deleted = hat gelöscht, was jemand anderes geschrieben hat.
log-pruned = hat herausgenommen, was zu alt war.
log-unknown = hat etwas getan, was diese Seite nicht kennt.
log-set = hat eingestellt: { $changes }.
log-set-title = Name „{ $title }“
log-set-topic = Thema „{ $topic }“
log-set-slow-off = langsamer Modus aus
log-set-slow = langsamer Modus mit { $span } Pause
log-set-kept = Nachrichten bleiben für immer
log-set-kept-days = Nachrichten bleiben { NUMBER($days) } Tage
log-set-everybody = alle dürfen schreiben
log-set-moderators = nur die Moderation schreibt

## Adressen, die nirgends hinführen

invitation-opens-nothing = Diese Einladung öffnet keinen Raum
nothing-here = Unter dieser Adresse gibt es nichts
room-address = Die Adresse eines Raums endet auf /r/ und seinen Namen, in kleinen Buchstaben, Ziffern und Strichen.

## Was der Server sagt, nach seinem Code

problem-bad_frame = Das war nicht zu lesen. Lade die Seite neu.
problem-unknown_type = Dieser Server kennt das nicht. Er ist vielleicht älter als deine Seite.
problem-too_large = Das sind mehr als 64 KiB. Sende weniger auf einmal.
problem-empty = Es steht nichts darin. Schreib erst etwas.
problem-too_long = Das ist länger als 4.000 Zeichen. Kürze es oder sende es in Teilen.
problem-bad_id = Diese Seite hat eine Kennung gesendet, die der Server nicht nimmt. Lade die Seite neu.
problem-id_reused = Diese Kennung stand schon für etwas anderes. Sende es noch einmal.
problem-not_found = Das ist nicht mehr da.
problem-forbidden = Das darfst du hier nicht.
problem-not_yours = Das darf nur, wer es geschrieben hat.
problem-muted = Du bist hier stummgeschaltet. Lesen kannst du weiter; die Moderation kann dich wieder schreiben lassen.
problem-read_only = Der Raum kann gerade nichts Neues aufnehmen. Er öffnet sich von selbst wieder.
problem-slow_mode = Dieser Raum ist im langsamen Modus. Warte ein wenig und sende es dann noch einmal.
problem-rate_limited = Das war zu schnell. Warte einen Moment und versuche es dann noch einmal.
problem-too_many = Das ist mehr, als eine Nachricht tragen kann. Nimm etwas weg.
problem-bad_emoji = Eine Reaktion ist genau ein Emoji.
problem-storage_failed = Es konnte nicht gespeichert werden und wurde nicht gesendet. Versuche es gleich noch einmal.
problem-busy = Der Raum hat zu viel zu tun. Versuche es gleich noch einmal.
problem-unknown = Der Server hat es aus einem Grund abgelehnt, den diese Version nicht kennt.
problem-bad_request = Der Server kann nicht lesen, was gefragt wurde. Prüfe deine Eingaben.
problem-no_session = Du bist nicht angemeldet. Lade die Seite neu.
problem-guests_off = Gäste kommen hier nicht herein. Melde dich an.
problem-access_required = Dieser Server steht hinter Cloudflare Access, und du bist nicht darüber gekommen. Öffne seine eigene Adresse.
problem-issuer_failed = Der Anmeldedienst antwortet nicht, wie er soll. Versuche es gleich noch einmal.
problem-room_not_found = Diesen Raum gibt es nicht. Prüfe seine Adresse.
problem-room_exists = Einen Raum mit dieser Adresse gibt es schon. Nimm eine andere oder keine.
problem-invite_spent = Diese Einladung ist aufgebraucht oder abgelaufen. Bitte um eine neue.
problem-name_taken = Dieser Name ist vergeben oder sieht einem vergebenen ähnlich. Nimm einen anderen.
problem-internal = Auf dem Server ist etwas schiefgegangen. Versuche es gleich noch einmal.

## Teile der App, die später kommen

chunk-missing = Dieser Teil der App konnte nicht geladen werden. Prüfe die Verbindung und versuche es noch einmal. Wurde die App inzwischen erneuert, lade die Seite neu.

## One's own account

account = Dein Konto
account-you-are = Du bist { $name }.
download-my-data = Meine Daten herunterladen
download-means = Alles, was du geschrieben hast, aus jedem Raum, als Textzeilen in einer Zip-Datei.
delete-account = Mein Konto löschen
delete-account-means = Du wirst überall abgemeldet und verlässt jeden Raum. Ein Raum, der dir allein gehört, geht an jemand anderen; einer, in dem sonst niemand ist, endet. Es gibt kein Zurück.
messages-become = Was aus deinen Nachrichten wird
messages-stay = Sie bleiben, ohne meinen Namen
messages-go = Sie werden auch gelöscht
delete-account-sure-stay = Wirklich? Dein Konto endet jetzt. Deine Nachrichten bleiben, und niemand steht mehr als Verfasser da.
delete-account-sure-go = Wirklich? Dein Konto endet jetzt, und alle deine Nachrichten und Dateien werden gelöscht.
delete-account-yes = Ja, mein Konto löschen
keep-account = Mein Konto behalten
account-going = Dein Konto wird gelöscht
account-gone = Dein Konto ist gelöscht
account-gone-means = Die Räume, in denen du warst, vergessen dich. Das kann ein paar Minuten dauern.
start-anew = Neu beginnen
departed-member = Gelöschtes Mitglied
