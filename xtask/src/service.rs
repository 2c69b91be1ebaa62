//! The service worker of one build: it keeps that build's page and every file the page loads, under a name that no other build has.

use std::path::Path;

use crate::failure::Done;
use crate::fingerprint::Fingerprint;
use crate::frontend::Assets;
use crate::program;
use crate::project::Project;

/// Bundles `frontend/shell/service.js` for a page that loads these assets.
pub fn bundle(project: &Project, work: &Path, page: &str, assets: &Assets) -> Done {
    let mut esbuild = project.command(project.npm_program("esbuild"));
    esbuild.args(["frontend/shell/service.js", "--minify", "--target=es2022", "--log-level=warning"]);
    // The page names all that it loads, so its hash is the build's.
    esbuild.arg(format!("--define:VERSION=\"{}\"", Fingerprint::EMPTY.with(page.as_bytes()).text()));
    esbuild.arg(format!("--define:SHELL={}", serde_json::Value::from(assets.and_fixed().as_slice())));
    esbuild.arg(format!("--define:WORDS={}", serde_json::Value::from(assets.languages())));
    esbuild.arg(format!("--define:CHUNKS={}", serde_json::Value::from(assets.chunks.as_slice())));
    esbuild.arg(format!("--outfile={}", work.join("dist/service.js").display()));
    program::quietly("bundling the service worker", &mut esbuild)
}
