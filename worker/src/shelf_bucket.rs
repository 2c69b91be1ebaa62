//! Files in a bucket that all rooms share, with the edge's cache in front of it.
//!
//! The cache is asked only after the room has said yes to whoever asks, so it saves reading and never a check. What is in it goes by
//! itself after an hour, like the file's message perhaps before; nobody is given it then.

use std::time::Duration;

use files::Part;
use futures_util::future::{Either, select};
use js_sys::{Array, Object, Promise, Reflect};
use protocol::FileId;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use worker::{Delay, Result, wasm_bindgen_futures::JsFuture, worker_sys::web_sys};

use crate::{
    limits::FILE_MS,
    problem::Problem,
    shelf::{Errand, Given, Shelf},
    streams::{Begun, Stream},
    together::{Waiting, together},
};

/// How long the edge keeps a copy: what is new is looked at most.
const CACHED: &str = "public, max-age=3600";

#[wasm_bindgen]
extern "C" {
    type Bucket;
    #[wasm_bindgen(method, catch)]
    fn put(this: &Bucket, key: &str, body: &Stream) -> std::result::Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn get(this: &Bucket, key: &str, options: &JsValue) -> std::result::Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn delete(this: &Bucket, keys: &Array) -> std::result::Result<Promise, JsValue>;

    type Kept;
    #[wasm_bindgen(method, getter)]
    fn body(this: &Kept) -> Stream;

    type EdgeCache;
    #[wasm_bindgen(method, catch, js_name = "match")]
    fn find(this: &EdgeCache, request: &web_sys::Request) -> std::result::Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn put(
        this: &EdgeCache,
        request: &web_sys::Request,
        answer: &web_sys::Response,
    ) -> std::result::Result<Promise, JsValue>;
}

#[wasm_bindgen(module = "cloudflare:workers")]
extern "C" {
    /// Goes on with it after the answer.
    #[wasm_bindgen(js_name = waitUntil)]
    fn wait_until(promise: &Promise);
}

/// The files of one room in the bucket.
pub struct BucketShelf {
    bucket: Bucket,
    errand: Errand,
}

impl BucketShelf {
    /// In this bucket.
    pub fn new(bucket: JsValue, errand: Errand) -> Self {
        Self { bucket: bucket.unchecked_into(), errand }
    }

    fn key(&self, file: &FileId) -> String {
        format!("{}/{file}", self.errand.room)
    }

    async fn keep(&self, file: &FileId, body: Begun, size: u64) -> Result<()> {
        let (stream, flow) = body.whole(size)?;
        let kept = JsFuture::from(self.bucket.put(&self.key(file), &stream)?);
        let kept: Waiting<'_, Result<()>> = Box::pin(async { Ok(kept.await.map(drop)?) });
        together(vec![kept, flow]).await.into_iter().collect()
    }

    /// From the cache, else from the bucket; then all of it goes into the cache, where all of it was asked for.
    async fn find(&self, file: &FileId, part: Part) -> Result<Option<Given>> {
        let request = self.cache_key(file, part)?;
        let cache = edge_cache();
        if let Some(cache) = &cache {
            let found = JsFuture::from(cache.find(&request)?).await?;
            if let Ok(found) = found.dyn_into::<web_sys::Response>()
                && let Some(stream) = found.body()
            {
                let part = if found.status() == 206 { part } else { Part::Whole };
                return Ok(Some(Given { stream, part, from: "cache" }));
            }
        }
        let kept = JsFuture::from(self.bucket.get(&self.key(file), &range(part)?)?).await?;
        if kept.is_null() {
            return Ok(None);
        }
        let stream = kept.unchecked_into::<Kept>().body();
        let stream = match cache.filter(|_| part == Part::Whole) {
            Some(cache) => also_into(&cache, &request, &stream)?,
            None => stream,
        };
        Ok(Some(Given { stream, part, from: "bucket" }))
    }

    fn cache_key(&self, file: &FileId, part: Part) -> Result<web_sys::Request> {
        let url = format!("{}/api/rooms/{}/files/{file}", self.errand.site, self.errand.room);
        let init = web_sys::RequestInit::new();
        if let Part::Span { first, last } = part {
            let headers = web_sys::Headers::new()?;
            headers.set("range", &format!("bytes={first}-{last}"))?;
            init.set_headers(&headers);
        }
        Ok(web_sys::Request::new_with_str_and_init(&url, &init)?)
    }
}

impl Shelf for BucketShelf {
    fn put<'a>(
        &'a self,
        file: &'a FileId,
        body: Begun,
        size: u64,
    ) -> Waiting<'a, std::result::Result<(), Problem>> {
        Box::pin(async move {
            let late = Delay::from(Duration::from_millis(FILE_MS));
            match select(Box::pin(self.keep(file, body, size)), late).await {
                Either::Left((Ok(()), _)) => Ok(()),
                Either::Left((Err(error), _)) => {
                    tracing::warn!(%error, "a file broke off");
                    Err(Problem::bad_request("The file broke off. Send it again."))
                }
                Either::Right(_) => Err(Problem::busy()),
            }
        })
    }

    fn get<'a>(
        &'a self,
        file: &'a FileId,
        part: Part,
        _size: u64,
    ) -> Waiting<'a, std::result::Result<Option<Given>, Problem>> {
        Box::pin(async move {
            self.find(file, part).await.map_err(|error| {
                tracing::error!(%error, "the bucket failed");
                Problem::busy()
            })
        })
    }

    fn remove<'a>(&'a self, files: &'a [FileId]) -> Waiting<'a, std::result::Result<(), Problem>> {
        Box::pin(async move {
            let keys: Array = files.iter().map(|file| JsValue::from(self.key(file))).collect();
            let removed = async { Ok::<_, worker::Error>(JsFuture::from(self.bucket.delete(&keys)?).await?) };
            removed.await.map(drop).map_err(|error| {
                tracing::warn!(%error, "files could not be removed");
                Problem::busy()
            })
        })
    }
}

/// The cache of this data centre; a home may have none.
fn edge_cache() -> Option<EdgeCache> {
    let caches = Reflect::get(&js_sys::global(), &"caches".into()).ok().filter(JsValue::is_object)?;
    let cache = Reflect::get(&caches, &"default".into()).ok().filter(JsValue::is_object)?;
    Some(cache.unchecked_into())
}

fn range(part: Part) -> Result<JsValue> {
    let Part::Span { first, .. } = part else { return Ok(JsValue::UNDEFINED) };
    let (range, options) = (Object::new(), Object::new());
    Reflect::set(&range, &"offset".into(), &number(first))?;
    Reflect::set(&range, &"length".into(), &number(part.bytes(0)))?;
    Reflect::set(&options, &"range".into(), &range)?;
    Ok(options.into())
}

#[expect(clippy::cast_precision_loss, reason = "a file has far fewer than 2^53 bytes")]
fn number(bytes: u64) -> JsValue {
    JsValue::from_f64(bytes as f64)
}

/// Splits the stream: one half goes into the cache, after the answer if need be, the other to whoever asked.
fn also_into(cache: &EdgeCache, request: &web_sys::Request, stream: &Stream) -> Result<Stream> {
    let halves = stream.tee();
    let half = |at| halves.get(at).unchecked_into::<Stream>();
    let copy = web_sys::Response::new_with_opt_readable_stream(Some(&half(1)))?;
    copy.headers().set("cache-control", CACHED)?;
    wait_until(&cache.put(request, &copy)?);
    Ok(half(0))
}
