//! One call of an outgoing webhook: what it is told, signed as Standard Webhooks has it (<https://www.standardwebhooks.com>), and what
//! came of it.
//!
//! Not here: when it is called, and again (the room decides). Invariant: no more of an answer is read than one can be long.

use base64ct::{Base64, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use js_sys::{Promise, Reflect, Uint8Array};
use metrics::Family;
use protocol::{
    Event, EventKind, MemberId, Millis, Seq, SlashCommand, Slug,
    http::{HookAnswer, HookCall},
    limits::HOOK_ANSWER_BYTES,
};
use room::Outcome;
use sha2::Sha256;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use worker::{Env, wasm_bindgen_futures::JsFuture};

use crate::{observe, outward};

/// What a webhook is told.
#[derive(Debug)]
pub struct Telling {
    /// Of which room.
    pub room: Slug,
    /// Which webhook.
    pub hook: MemberId,
    /// Where it is.
    pub url: String,
    /// For which command alone, if for one.
    pub command: Option<SlashCommand>,
    /// Up to which event it has heard then.
    pub upto: Seq,
    /// The events that are still there.
    pub events: Vec<Event>,
}

/// What a call is signed with.
pub type SigningKey = [u8; 32];

impl Telling {
    /// The body; `None` where nothing is left to be told.
    fn body(&self) -> Option<String> {
        let first = self.events.first()?;
        let (command, arguments) = match (&self.command, &first.kind) {
            (None, _) => (None, None),
            (Some(_), EventKind::Message { text: Some(text), .. }) => {
                let (command, arguments) = SlashCommand::called(text)?;
                (Some(command), Some(arguments.to_owned()))
            }
            // Deleted before it was told.
            (Some(_), _) => return None,
        };
        let (room, hook, events) = (self.room.clone(), self.hook.clone(), self.events.clone());
        Some(protocol::encode(&HookCall { room, hook, events, command, arguments }))
    }

    /// The same for a repeat of the same events.
    fn id(&self) -> String {
        let first = self.events.first().map_or(self.upto, |event| event.seq);
        format!("{}.{first}-{}", self.hook, self.upto)
    }
}

/// Tells it.
pub async fn tell(env: &Env, telling: &Telling, key: &SigningKey, now: Millis) -> Outcome {
    let Some(body) = telling.body() else { return Outcome::Heard { answer: None } };
    let called = post(env, telling, key, now, &body).await;
    let (outcome, counted) = match called {
        Ok(Some(answer)) => (Outcome::Heard { answer: answer_of(&answer) }, "taken"),
        Ok(None) => (Outcome::Failed, "refused"),
        Err(_) => (Outcome::Failed, "unreachable"),
    };
    if outcome == Outcome::Failed {
        // Its address may have a secret in it.
        tracing::warn!(hook = telling.hook.as_str(), reason = counted, "a webhook did not take its call");
    }
    observe::count(Family::HookCalls, &[counted], 1);
    outcome
}

/// The answer's text; `None` where it was refused. Only a command's is read.
async fn post(
    env: &Env,
    telling: &Telling,
    key: &SigningKey,
    now: Millis,
    body: &str,
) -> Result<Option<String>, JsValue> {
    let (id, at) = (telling.id(), now.0 / 1_000);
    let headers = [
        ("content-type", "application/json"),
        ("webhook-id", &id),
        ("webhook-timestamp", &at.to_string()),
        ("webhook-signature", &signature(key, &format!("{id}.{at}.{body}"))),
    ];
    let answer = outward::post(env, &telling.url, &headers, &JsValue::from_str(body)).await?;
    let Some(stream) = answer.body() else { return Ok(answer.ok().then(String::new)) };
    let stream: Stream = stream.unchecked_into();
    if !answer.ok() || telling.command.is_none() {
        // Nobody waits for the rest of it.
        let _ = stream.cancel();
        return Ok(answer.ok().then(String::new));
    }
    read(&stream).await.map(Some)
}

/// At most as many bytes as an answer has; of a longer one nothing.
async fn read(stream: &Stream) -> Result<String, JsValue> {
    let (reader, mut bytes) = (stream.get_reader(), Vec::new());
    loop {
        let piece = JsFuture::from(reader.read()).await?;
        if Reflect::get(&piece, &"done".into())?.is_truthy() {
            return Ok(String::from_utf8(bytes).unwrap_or_default());
        }
        let piece: Uint8Array = Reflect::get(&piece, &"value".into())?.unchecked_into();
        bytes.extend(piece.to_vec());
        if bytes.len() > HOOK_ANSWER_BYTES {
            let _ = reader.cancel();
            return Ok(String::new());
        }
    }
}

/// What is to be written; whatever is no answer as the protocol has it says nothing.
fn answer_of(body: &str) -> Option<String> {
    protocol::decode_object::<HookAnswer>(body).ok()?.text
}

fn signature(key: &SigningKey, said: &str) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(key).map(|mac| mac.chain_update(said.as_bytes()).finalize());
    mac.map(|mac| format!("v1,{}", Base64::encode_string(&mac.into_bytes()))).unwrap_or_default()
}

#[wasm_bindgen]
extern "C" {
    type Stream;
    #[wasm_bindgen(method)]
    fn cancel(this: &Stream) -> Promise;
    #[wasm_bindgen(method, js_name = getReader)]
    fn get_reader(this: &Stream) -> Reader;

    type Reader;
    #[wasm_bindgen(method)]
    fn read(this: &Reader) -> Promise;
    #[wasm_bindgen(method)]
    fn cancel(this: &Reader) -> Promise;
}

#[cfg(test)]
mod tests {
    use protocol::Member;

    use super::*;

    fn telling(command: Option<&str>, text: Option<&str>) -> Telling {
        let kind = EventKind::Message {
            text: text.map(str::to_owned),
            reply_to: None,
            mentions: Vec::new(),
            attachments: Vec::new(),
            redacted: text.is_none(),
        };
        let by = Member { id: MemberId::parse("ada").unwrap(), name: "Ada".to_owned() };
        let seq = Seq::try_new(7).unwrap();
        Telling {
            room: Slug::parse("lobby").unwrap(),
            hook: MemberId::parse("h1").unwrap(),
            url: "https://hooks.example.com".to_owned(),
            command: command.map(|word| SlashCommand::parse(word).unwrap()),
            upto: Seq::try_new(9).unwrap(),
            events: vec![Event { seq, at: Millis(5), by, id: None, kind }],
        }
    }

    fn said(telling: &Telling) -> Option<HookCall> {
        telling.body().map(|body| protocol::decode(&body).unwrap())
    }

    #[test]
    fn a_command_is_told_with_what_stands_behind_it() {
        let call = said(&telling(Some("weather"), Some("/weather Berlin, now"))).unwrap();
        assert_eq!(call.command.map(String::from).as_deref(), Some("weather"));
        assert_eq!(call.arguments.as_deref(), Some("Berlin, now"));
        assert_eq!(call.events.len(), 1);
    }

    #[test]
    fn whoever_hears_of_everything_is_told_of_no_command_and_of_deletions_too() {
        let call = said(&telling(None, Some("/weather Berlin"))).unwrap();
        assert_eq!((call.command, call.arguments), (None, None));
        assert!(said(&telling(None, None)).is_some());
    }

    #[test]
    fn a_command_that_was_deleted_or_edited_away_is_told_to_nobody() {
        assert_eq!(said(&telling(Some("weather"), None)), None);
        assert_eq!(said(&telling(Some("weather"), Some("sorry"))), None);
        assert_eq!(said(&Telling { events: Vec::new(), ..telling(None, None) }), None);
    }

    #[test]
    fn a_call_is_named_after_its_webhook_and_its_events() {
        assert_eq!(telling(None, Some("hi")).id(), "h1.7-9");
    }

    #[test]
    fn a_signature_is_the_one_that_the_specification_shows() {
        // https://github.com/standard-webhooks/standard-webhooks: secret, id, timestamp, body and signature of its libraries' tests.
        let secret = Base64::decode_vec("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let mut key = [0; 32];
        key[..secret.len()].copy_from_slice(&secret);
        let said = r#"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}"#;
        assert_eq!(signature(&key, said), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn only_an_answer_with_a_text_says_something() {
        assert_eq!(answer_of(r#"{"text":"sunny","later":1}"#).as_deref(), Some("sunny"));
        for nothing in ["", "ok", "{}", "[]", r#"{"text":5}"#, r#"{"text":null}"#] {
            assert_eq!(answer_of(nothing), None, "{nothing}");
        }
    }
}
