//! `/api/rooms/{room}/files`: a file comes, and is given to whoever may read the room.
//!
//! Invariants: the room is told of a file before its first byte is kept, and asked before its first byte is given. What a browser gets
//! can do nothing in it: it is shown only if it is a picture, a film or sound by its content, in a sandbox.

use files::{FileName, HEAD_BYTES, Kind, Part};
use metrics::Family;
use protocol::{File, FileId, RejectCode};
use worker::{Env, Headers, Request, Response, ResponseBuilder};

use super::{json, room, rooms};
use crate::{
    auth,
    call::Call,
    objects, observe,
    problem::Problem,
    random,
    room_ask::What,
    shelf::{self, Errand, Given},
    streams::Begun,
};

/// Nothing in a file runs or asks for anything, should a browser open it by itself.
const CONTENT_SECURITY_POLICY: &str =
    "default-src 'none'; img-src 'self'; media-src 'self'; sandbox; frame-ancestors 'none'";

/// What is at an address never changes; whoever may see it may keep it, and nobody between.
const CACHE_CONTROL: &str = "private, max-age=31536000, immutable";

/// A file comes.
pub async fn bring(call: &Call, request: Request, env: &Env, slug: &str) -> Result<Response, Problem> {
    let caller = auth::caller(call, env).await?;
    let place = rooms::find(call, env, &caller.claims, slug).await?;
    let size = length(request.headers())?;
    if size > shelf::kind(env).file_bytes() {
        return Err(Problem::rejected(RejectCode::TooLarge, None));
    }
    let body = Begun::of(&request, HEAD_BYTES).await?.filter(|body| !body.head().is_empty());
    let body = body.ok_or_else(|| Problem::rejected(RejectCode::Empty, None))?;
    let file = about(body.head(), size, request.headers())?;
    let errand = errand(call, place.slug().clone());
    let answer = room::ask(call, env, caller, place, What::Bring(file.clone())).await?;
    if answer.status_code() != 204 {
        return Ok(answer);
    }
    shelf::of(env, errand).put(&file.file, body, size).await?;
    observe::count(Family::FileBytes, &["in"], size);
    Ok(json(201, &file)?)
}

/// A file is given.
pub async fn give(
    call: &Call,
    request: Request,
    env: &Env,
    (slug, file): (&str, &str),
) -> Result<Response, Problem> {
    let id = FileId::parse(file).map_err(|_| Problem::not_found())?;
    let caller = auth::caller(call, env).await?;
    let place = rooms::find(call, env, &caller.claims, slug).await?;
    let errand = errand(call, place.slug().clone());
    let answer = room::ask(call, env, caller, place, What::File(id.clone())).await?;
    if answer.status_code() != 200 {
        return Ok(answer);
    }
    let file: File = objects::read(answer).await?;
    let headers = request.headers();
    let tag = format!("\"{id}\"");
    if headers.get("if-none-match")?.is_some_and(|tags| tags.contains(&tag) || tags.trim() == "*") {
        observe::count(Family::FilesGiven, &["browser"], 1);
        return Ok(dressed(&file, &tag)?.with_status(304).empty());
    }
    // What is resumed is the same file for ever, but for a tag that was never one of ours.
    let range =
        headers.get("range")?.filter(|_| headers.get("if-range").ok().flatten().is_none_or(|is| is == tag));
    let part = Part::of(range.as_deref(), file.size);
    if part == Part::Beyond {
        return Err(Problem::beyond(file.size));
    }
    let given = shelf::of(env, errand).get(&id, part, file.size).await?.ok_or_else(Problem::not_found)?;
    answer_with(&file, &tag, given)
}

fn answer_with(file: &File, tag: &str, given: Given) -> Result<Response, Problem> {
    let Given { stream, part, from } = given;
    observe::count(Family::FilesGiven, &[from], 1);
    observe::count(Family::FileBytes, &["out"], part.bytes(file.size));
    let answer = dressed(file, tag)?;
    let answer = match part {
        Part::Span { first, last } => {
            let range = format!("bytes {first}-{last}/{}", file.size);
            answer.with_status(206).with_header("content-range", &range)?
        }
        Part::Whole | Part::Beyond => answer,
    };
    Ok(answer.stream(stream))
}

/// An answer about a file, without its bytes.
fn dressed(file: &File, tag: &str) -> Result<ResponseBuilder, Problem> {
    let disposition = FileName::disposition(&file.name, Kind::is_shown(&file.media));
    let headers = Headers::new();
    let all = [
        ("content-type", file.media.as_str()),
        ("content-disposition", &disposition),
        ("content-security-policy", CONTENT_SECURITY_POLICY),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", CACHE_CONTROL),
        ("accept-ranges", "bytes"),
        ("etag", tag),
    ];
    all.iter().try_for_each(|(name, value)| headers.set(name, value))?;
    Ok(ResponseBuilder::new().with_headers(headers))
}

/// What the file is that begins so.
fn about(head: &[u8], size: u64, headers: &Headers) -> Result<File, Problem> {
    let name = headers.get("x-file-name")?.unwrap_or_default();
    let name = FileName::parse(&name).map_err(|bad| Problem::bad_request(bad.to_string()))?;
    let kind = Kind::of(head);
    let pixels = kind.pixels(head);
    Ok(File {
        file: FileId::parse(&random::id()).map_err(|_| Problem::internal())?,
        name: name.as_str().to_owned(),
        size,
        media: kind.media_type().to_owned(),
        width: pixels.map(|pixels| pixels.width),
        height: pixels.map(|pixels| pixels.height),
    })
}

/// How long the file says it is: it must, so that nobody finds out at its end that it does not fit.
fn length(headers: &Headers) -> Result<u64, Problem> {
    let said = headers.get("content-length")?.and_then(|length| length.parse().ok());
    said.ok_or_else(Problem::length_required)
}

fn errand(call: &Call, room: protocol::Slug) -> Errand {
    Errand { room, request_id: call.id.clone(), site: call.site.url() }
}
