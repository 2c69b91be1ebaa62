//! Where the bytes of files are: the port, and which of the two there is here.
//!
//! Not here: who may bring or have a file, which a room says before anybody asks a shelf. The invariant: a shelf has no file that its
//! room was not told of before.

use files::Part;
use protocol::{FileId, Slug};
use wasm_bindgen::JsValue;
use worker::Env;

use crate::{
    problem::Problem,
    shelf_bucket::BucketShelf,
    shelf_room::RoomShelf,
    streams::{Begun, Stream},
    together::Waiting,
};

/// The binding of the bucket.
const BINDING: &str = "FILES";

/// On behalf of whom, and of which room, a shelf is asked.
#[derive(Debug, Clone)]
pub struct Errand {
    /// The room.
    pub room: Slug,
    /// The request.
    pub request_id: String,
    /// Where this server is addressed, as a URL without a slash at its end: under this the cache at the edge knows files.
    pub site: String,
}

/// What a shelf gives.
pub struct Given {
    /// The bytes.
    pub stream: Stream,
    /// Which they are: the part that was asked for, or all.
    pub part: Part,
    /// Where they were, for whoever counts.
    pub from: &'static str,
}

/// Where the bytes of files are.
pub trait Shelf {
    /// Keeps all of a body of so many bytes. One that breaks off is not kept.
    fn put<'a>(&'a self, file: &'a FileId, body: Begun, size: u64) -> Waiting<'a, Result<(), Problem>>;

    /// Some or all of a file of so many bytes; `None` if it is not here.
    fn get<'a>(
        &'a self,
        file: &'a FileId,
        part: Part,
        size: u64,
    ) -> Waiting<'a, Result<Option<Given>, Problem>>;

    /// Forgets them. Those that are not here are forgotten already.
    fn remove<'a>(&'a self, files: &'a [FileId]) -> Waiting<'a, Result<(), Problem>>;
}

/// Which shelf there is here: a bucket where one is bound.
pub fn kind(env: &Env) -> room::Shelf {
    if bucket(env).is_some() { room::Shelf::Bucket } else { room::Shelf::Room }
}

/// The shelf.
pub fn of(env: &Env, errand: Errand) -> Box<dyn Shelf + '_> {
    match bucket(env) {
        Some(bucket) => Box::new(BucketShelf::new(bucket, errand)),
        None => Box::new(RoomShelf::new(env, errand)),
    }
}

fn bucket(env: &Env) -> Option<JsValue> {
    js_sys::Reflect::get(env, &BINDING.into()).ok().filter(JsValue::is_object)
}
