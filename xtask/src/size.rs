//! What goes over the wire, measured as it goes, against budgets.

use std::fs;
use std::path::{Path, PathBuf};

use crate::chunks;
use crate::failure::{Done, Failure};
use crate::frontend;
use crate::program;
use crate::project::Project;
use crate::worker::{self, Variant};

const KIB: u64 = 1024;

/// Cold starts load the Worker's wasm. Chat alone held 350 KiB; docs/decisions.md says what brought
/// it here. It is less than a sixth of what the edge takes.
const WORKER_GZIP: u64 = 507 * KIB;

/// All that a first visit loads.
const FRONTEND_BROTLI: u64 = 253 * KIB;

/// The same in a room where somebody wrote with marks, which takes the parser.
const MARKED_BROTLI: u64 = 308 * KIB;

/// Reads `METHOD FILE…` and prints the compressed size of each file, as hard as a CDN compresses what it keeps.
const COMPRESS: &str = "
const { readFileSync } = require('node:fs');
const { gzipSync, brotliCompressSync, constants: c } = require('node:zlib');
const [method, ...files] = process.argv.slice(1);
for (const file of files) {
  const bytes = readFileSync(file);
  const packed = method === 'gzip' ? gzipSync(bytes, { level: 9 })
    : brotliCompressSync(bytes, { params: { [c.BROTLI_PARAM_QUALITY]: 11, [c.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  console.log(packed.length);
}";

/// One line of the table: what, how much, and how much it may be.
struct Budget {
    what: &'static str,
    bytes: u64,
    limit: u64,
}

/// Builds both halves, prints what they weigh and fails when one is too heavy.
pub fn check(project: &Project) -> Done {
    worker::build(project, Variant::Shipped)?;
    frontend::build(project)?;
    let wasm = compressed(project, "gzip", &[worker::wasm(project, Variant::Shipped)])?;
    let first = first_visit(&frontend::dist(project))?;
    let page = compressed(project, "brotli", &first)?;
    let parser = compressed(project, "brotli", &[parser(&frontend::dist(project))?])?;
    let budgets = [
        Budget { what: "Worker, wasm, gzip", bytes: wasm, limit: WORKER_GZIP },
        Budget { what: "frontend, first visit, brotli", bytes: page, limit: FRONTEND_BROTLI },
        Budget { what: "the same, texts with marks", bytes: page + parser, limit: MARKED_BROTLI },
    ];
    for budget in &budgets {
        println!("{}", row(budget));
    }
    match budgets.iter().find(|budget| budget.bytes > budget.limit) {
        Some(over) => Err(Failure::new(format!(
            "{} is over its budget: take something out, or raise the budget and say why.",
            over.what
        ))),
        None => Ok(()),
    }
}

fn row(budget: &Budget) -> String {
    let kib = |bytes: u64| format!("{}.{} KiB", bytes / KIB, bytes % KIB * 10 / KIB);
    format!("{:<32}{:>12} of {:>10}", budget.what, kib(budget.bytes), kib(budget.limit))
}

/// The page, everything hashed, which it loads at once, and what it loads to be kept. Icons come later, chunks when they are needed,
/// and other languages' words to those who read them.
fn first_visit(dist: &Path) -> Done<Vec<PathBuf>> {
    let hashed = hashed(dist)?
        .filter(|file| !chunks::is_one(file) && file.extension().is_none_or(|extension| extension != "txt"));
    let kept = ["index.html", "manifest.webmanifest", "service.js"].map(|name| dist.join(name));
    Ok(hashed.chain(kept).collect())
}

/// The chunk that the first text with marks loads beside.
fn parser(dist: &Path) -> Done<PathBuf> {
    let found = hashed(dist)?.find(|file| chunks::is_of(file, frontend::MARKS));
    found.ok_or_else(|| {
        Failure::new(format!("the page has no chunk `{}`: see frontend/src/chunks.rs.", frontend::MARKS))
    })
}

fn hashed(dist: &Path) -> Done<impl Iterator<Item = PathBuf>> {
    let assets = dist.join("assets");
    let entries = fs::read_dir(&assets).map_err(|error| Failure::file("read", &assets, &error))?;
    Ok(entries.filter_map(Result::ok).map(|entry| entry.path()))
}

fn compressed(project: &Project, method: &str, files: &[PathBuf]) -> Done<u64> {
    let mut node = project.command(project.npm_program("node"));
    node.args(["--eval", COMPRESS, method]).args(files);
    let printed = program::output(&mut node);
    let sizes = printed.as_deref().and_then(|text| text.lines().map(|line| line.parse::<u64>().ok()).sum());
    sizes.ok_or_else(|| Failure::new(format!("cannot measure the {method} size of {files:?}: build again.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_tells_size_and_budget_in_kibibytes() {
        let budget = Budget { what: "Worker", bytes: 68 * KIB + 512, limit: 384 * KIB };
        assert_eq!(row(&budget), "Worker                              68.5 KiB of  384.0 KiB");
    }
}
