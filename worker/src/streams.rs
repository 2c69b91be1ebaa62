//! Bodies as streams, handed on without passing through the Worker's memory, but for their first bytes.
//!
//! Invariant: what is handed on has exactly the length that it was said to have, or it breaks.

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use worker::{
    Request, Result,
    wasm_bindgen_futures::JsFuture,
    worker_sys::{FixedLengthStream, web_sys},
};

use crate::together::Waiting;

pub use web_sys::ReadableStream as Stream;

#[wasm_bindgen]
extern "C" {
    /// What a reader gives: a piece, or that there is none.
    type Read;
    #[wasm_bindgen(method, getter)]
    fn done(this: &Read) -> bool;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Read) -> Uint8Array;

    type Piped;
    #[wasm_bindgen(method, catch, js_name = pipeThrough)]
    fn pipe_through(this: &Piped, through: &FixedLengthStream) -> std::result::Result<Stream, JsValue>;
}

/// A body that is read, piece by piece.
pub struct Pieces(web_sys::ReadableStreamDefaultReader);

impl Pieces {
    /// Of a request.
    pub fn of(request: &Request) -> Option<Self> {
        request.inner().body().map(|stream| Self::of_stream(&stream))
    }

    fn of_stream(stream: &Stream) -> Self {
        Self(stream.get_reader().unchecked_into())
    }

    /// The next piece; `None` at the end.
    pub async fn next(&self) -> Result<Option<Uint8Array>> {
        let read: Read = JsFuture::from(self.0.read()).await?.unchecked_into();
        Ok((!read.done()).then(|| read.value()))
    }
}

/// A body of which the first bytes were looked at.
pub struct Begun {
    stream: Stream,
    pieces: Vec<Uint8Array>,
    head: Vec<u8>,
}

impl Begun {
    /// Reads at least so many bytes of a request's body, if it has them; `None` where it has no body.
    pub async fn of(request: &Request, least: usize) -> Result<Option<Self>> {
        let Some(stream) = request.inner().body() else { return Ok(None) };
        let reader = Pieces::of_stream(&stream);
        let (mut pieces, mut head) = (Vec::new(), Vec::new());
        while head.len() < least
            && let Some(piece) = reader.next().await?
        {
            let wanted = u32::try_from(least.saturating_sub(head.len())).unwrap_or(u32::MAX);
            head.extend(piece.subarray(0, wanted.min(piece.length())).to_vec());
            pieces.push(piece);
        }
        reader.0.release_lock();
        Ok(Some(Self { stream, pieces, head }))
    }

    /// The first bytes.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// All of it again, as a stream of exactly so many bytes, and what must be waited for beside whoever takes them.
    pub fn whole(self, bytes: u64) -> Result<(Stream, Waiting<'static, Result<()>>)> {
        let fixed = fixed(bytes)?;
        let writable = fixed.writable();
        let flow = async move {
            let writer = writable.get_writer()?;
            for piece in &self.pieces {
                JsFuture::from(writer.write_with_chunk(piece)).await?;
            }
            writer.release_lock();
            JsFuture::from(self.stream.pipe_to(&writable)).await?;
            Ok(())
        };
        Ok((fixed.readable(), Box::pin(flow)))
    }
}

/// The stream as one of exactly so many bytes, so that whoever reads it knows before its end.
pub fn of_length(stream: &Stream, bytes: u64) -> Result<Stream> {
    Ok(stream.unchecked_ref::<Piped>().pipe_through(&fixed(bytes)?)?)
}

fn fixed(bytes: u64) -> Result<FixedLengthStream> {
    Ok(FixedLengthStream::new(u32::try_from(bytes).unwrap_or(u32::MAX))?)
}
