//! The Cloudflare Worker: the shell around the room. It holds no decisions.

use worker::{Context, Env, Request, Response, Result, event};

/// Answers one request at the edge.
#[event(fetch)]
async fn fetch(request: Request, _env: Env, _context: Context) -> Result<Response> {
    match request.path().as_str() {
        "/healthz" => Response::ok("ok"),
        _ => Response::error("not found", 404),
    }
}
