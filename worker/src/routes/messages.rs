//! `/api/rooms/{room}/messages`: a page of history, and a message by the same path as a socket's.

use protocol::{
    BadFrame, ClientFrame, RejectCode, Seq, decode_client, http::SendBody, limits::CLIENT_FRAME_BYTES,
};
use serde_json::Value;
use worker::{Env, Request, Response};

use super::{room, text};
use crate::{call::Call, problem::Problem, query::MessagesQuery, room_ask::What};

/// A page of history.
pub async fn page(call: &Call, env: &Env, slug: &str) -> Result<Response, Problem> {
    let page = MessagesQuery::parse(&call.query).map_err(|bad| Problem::bad_request(bad.0))?;
    room::asked(call, env, slug, What::Messages(page)).await
}

/// Who is behind the reactions on one.
pub async fn reactors(call: &Call, env: &Env, slug: &str, seq: &str) -> Result<Response, Problem> {
    let digits = seq.bytes().all(|byte| byte.is_ascii_digit());
    let seq = seq.parse().ok().filter(|_| digits).and_then(Seq::try_new).ok_or_else(Problem::not_found)?;
    room::asked(call, env, slug, What::Reactors(seq)).await
}

/// Writes a message.
pub async fn send(call: &Call, request: Request, env: &Env, slug: &str) -> Result<Response, Problem> {
    let text = text(request, CLIENT_FRAME_BYTES).await?;
    room::asked(call, env, slug, What::Send(frame(&text)?)).await
}

/// A `send` frame without `type`: with it, the room reads it as it reads a socket's, and refuses it in the same words.
fn frame(text: &str) -> Result<String, Problem> {
    let Ok(Value::Object(mut fields)) = serde_json::from_str(text) else {
        return Err(Problem::bad_request("The body is not a JSON object."));
    };
    fields.insert("type".to_owned(), Value::from("send"));
    Ok(Value::Object(fields).to_string())
}

/// The command in such a frame.
pub fn read(frame: &str) -> Result<SendBody, Problem> {
    match decode_client(frame) {
        Ok(ClientFrame::Send { id, draft }) => Ok(SendBody { id, draft }),
        Ok(_) => Err(Problem::rejected(RejectCode::BadFrame, None)),
        Err(BadFrame { code, .. }) => Err(Problem::rejected(code, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(body: &str) -> &'static str {
        frame(body).and_then(|frame| read(&frame)).unwrap_err().code()
    }

    #[test]
    fn a_body_is_a_send_frame_without_its_type() {
        let body = frame(r#"{"id":"a1","text":"hi","reply_to":3,"later":1}"#)
            .and_then(|frame| read(&frame))
            .unwrap();
        assert_eq!((body.id.as_str(), body.draft.text.as_str()), ("a1", "hi"));
        let other_type = frame(r#"{"type":"delete","id":"a1","text":"hi"}"#).unwrap();
        assert!(read(&other_type).is_ok());
    }

    #[test]
    fn a_body_that_cannot_be_read_says_why() {
        assert_eq!(code("no json"), "bad_request");
        assert_eq!(code("[]"), "bad_request");
        assert_eq!(code(r#"{"id":"a1"}"#), "bad_frame");
        assert_eq!(code(r#"{"id":"a1","text":5}"#), "bad_frame");
        assert_eq!(code(r#"{"id":"a b","text":"hi"}"#), "bad_id");
    }
}
