//! Everything that is no part of the API: the app's files. The CDN answers most of these itself; what comes here is handed to it.

use worker::{Env, Request, Response};

use super::Route;
use crate::{call::Call, problem::Problem};

/// The file at this path, or the app's page. A home without a CDN in it has a web server in front.
pub async fn serve(call: &Call, request: Request, env: &Env) -> Result<Response, Problem> {
    if !Route::Asset.takes().contains(&call.method.as_str()) {
        return Err(Problem::method_not_allowed(Route::Asset.takes()));
    }
    let Ok(assets) = env.assets("ASSETS") else { return Err(Problem::not_found()) };
    Ok(assets.fetch_request(request).await?)
}
