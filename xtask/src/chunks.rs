//! Splits the app's wasm: what every visit needs, and chunks that are fetched when they are first drawn (`frontend/src/chunks.rs`).
//!
//! Not here: what is in which chunk; the code says that. Invariant: a chunk has the hash of its content in its address, as all that a
//! browser may keep for ever.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Done, Failure};
use crate::pins;
use crate::program;
use crate::project::Project;

/// What the linker has to leave in the wasm for it to be split.
pub const LEAVES_SEAMS: &str = "-Clink-arg=--emit-relocs";

/// What the splitter writes, beside the chunks.
pub struct Split {
    /// What every visit loads, not yet bound to the browser.
    pub main: PathBuf,
    /// The script that fetches chunks; the bindings import it under this very name.
    pub fetcher: PathBuf,
    /// The chunks.
    pub chunks: Vec<PathBuf>,
}

/// Splits `built` into `folder`; the bindings of the main part must become `app.js`.
pub fn split(project: &Project, built: &Path, folder: &Path) -> Done<Split> {
    let mut splitter = project.command(project.installed(pins::WASM_SPLIT));
    splitter.arg(built).arg(folder).args(["--out-name", "app"]);
    program::quietly("splitting the frontend", &mut splitter)?;
    let entries = fs::read_dir(folder).map_err(|error| Failure::file("read", folder, &error))?;
    let mut chunks: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    let main = folder.join("app.wasm");
    chunks.retain(|file| file.extension().is_some_and(|extension| extension == "wasm") && *file != main);
    chunks.sort();
    Ok(Split { main, fetcher: folder.join("__wasm_split.js"), chunks })
}

/// Whether a file of the built app is a chunk: the splitter's own names for them.
pub fn is_one(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with("split_") || name.starts_with("chunk_")
}

/// Whether it is the chunk of this name.
pub fn is_of(file: &Path, name: &str) -> bool {
    let file = file.file_name().unwrap_or_default().to_string_lossy();
    file.strip_prefix("split_")
        .and_then(|rest| rest.strip_prefix(name))
        .is_some_and(|rest| rest.starts_with('-'))
}

/// Writes the chunks' addresses into the script that fetches them.
pub fn address(fetcher: &Path, addresses: &[(&Path, &str)]) -> Done {
    let script = fs::read_to_string(fetcher).map_err(|error| Failure::file("read", fetcher, &error))?;
    let addressed = addressed(&script, addresses).map_err(|chunk| {
        Failure::new(format!(
            "{} fetches {chunk} in a way that is not known here: see xtask/src/chunks.rs.",
            fetcher.display()
        ))
    })?;
    fs::write(fetcher, addressed).map_err(|error| Failure::file("write", fetcher, &error))
}

/// The script with addresses; a chunk that it does not name comes back as the error.
fn addressed(script: &str, addresses: &[(&Path, &str)]) -> Result<String, String> {
    addresses.iter().try_fold(script.to_owned(), |script, (chunk, address)| {
        let name = chunk.file_name().unwrap_or_default().to_string_lossy();
        let place = format!("new URL(\"./{name}\", import.meta.url)");
        if script.contains(&place) {
            Ok(script.replace(&place, &format!("\"{address}\"")))
        } else {
            Err(name.into_owned())
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = r#"makeLoad(() => fetch(new URL("./split_rooms.wasm", import.meta.url)))"#;

    #[test]
    fn a_chunk_is_fetched_under_its_own_address() {
        let chunk = Path::new("/built/split_rooms.wasm");
        let script = addressed(SCRIPT, &[(chunk, "/assets/split_rooms-1.wasm")]);
        assert_eq!(script.as_deref(), Ok(r#"makeLoad(() => fetch("/assets/split_rooms-1.wasm"))"#));
    }

    #[test]
    fn a_chunk_that_nothing_fetches_is_named() {
        let chunk = Path::new("/built/split_other.wasm");
        assert_eq!(addressed(SCRIPT, &[(chunk, "/a.wasm")]), Err("split_other.wasm".to_owned()));
    }
}
