//! Tells whether something that was built is still what building it again would give: a hash of all that went in, kept beside cargo's
//! own files. It reads contents, not dates, so that a checkout that changes nothing rebuilds nothing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::failure::{Done, Failure};
use crate::program;
use crate::project::Project;

/// A 64-bit FNV-1a hash: enough to notice a change, never a proof against an enemy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// Of nothing at all.
    pub const EMPTY: Self = Self(0xcbf2_9ce4_8422_2325);

    /// Of these bytes, after what is in already.
    #[must_use]
    pub fn with(self, bytes: &[u8]) -> Self {
        let length = (bytes.len() as u64).to_le_bytes();
        Self(
            length
                .iter()
                .chain(bytes)
                .fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)),
        )
    }

    /// Of every file below these paths, names and contents. A path that does not exist counts as such.
    pub fn of_files(root: &Path, paths: &[PathBuf]) -> Done<Self> {
        let mut files = Vec::new();
        for path in paths {
            collect(path, &mut files).map_err(|error| Failure::file("read", path, &error))?;
        }
        files.sort();
        files.dedup();
        files.iter().try_fold(Self::EMPTY, |print, file| {
            let content = fs::read(file).map_err(|error| Failure::file("read", file, &error))?;
            let name = file.strip_prefix(root).unwrap_or(file);
            Ok(print.with(name.as_os_str().as_encoded_bytes()).with(&content))
        })
    }

    /// Sixteen hex digits.
    pub fn text(self) -> String {
        format!("{:016x}", self.0)
    }
}

/// The memory of what something was built from.
#[derive(Debug)]
pub struct Stamp {
    file: PathBuf,
    now: String,
}

impl Stamp {
    /// Compares `now` with what was kept under `name`.
    pub fn new(project: &Project, name: &str, now: Fingerprint) -> Self {
        Self { file: project.memory().join(format!("{name}.fingerprint")), now: now.text() }
    }

    /// Whether the same has been built before and all of it is still there.
    pub fn holds_for(&self, outputs: &[PathBuf]) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|kept| kept == self.now)
            && outputs.iter().all(|output| output.exists())
    }

    /// Remembers that it has been built.
    pub fn keep(&self) -> Done {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder).map_err(|error| Failure::file("create", folder, &error))?;
        }
        fs::write(&self.file, &self.now).map_err(|error| Failure::file("write", &self.file, &error))
    }
}

/// Everything in this repository that goes into a wasm build of `package`: its own folder, those of the crates that it depends on, and
/// what decides how they are compiled.
pub fn inputs_of(project: &Project, package: &str) -> Done<Vec<PathBuf>> {
    let mut tree = project.command("cargo");
    tree.args(["tree", "--package", package, "--target", "wasm32-unknown-unknown"]);
    tree.args(["--edges", "normal,build", "--prefix", "none", "--format", "{p}"]);
    let Some(listing) = program::output(&mut tree) else {
        // Without its listing cargo can build nothing either, and says better why.
        program::openly(&format!("listing what {package} depends on"), &mut tree)?;
        return Err(Failure::new(format!(
            "cargo lists nothing that {package} depends on: check Cargo.toml."
        )));
    };
    let shared = [
        "Cargo.toml",
        "Cargo.lock",
        ".cargo/config.toml",
        "rust-toolchain.toml",
        "package-lock.json",
        "xtask/src/pins.rs",
    ];
    let mut inputs: Vec<PathBuf> = shared.iter().map(|file| project.root.join(file)).collect();
    inputs.extend(listing.lines().filter_map(folder_in));
    Ok(inputs)
}

/// `room v0.1.0 (/clone/crates/room)` names a folder; a crate of the registry does not.
fn folder_in(line: &str) -> Option<PathBuf> {
    let folder = line.split_once(" (/")?.1.split_once(')')?.0;
    Some(Path::new("/").join(folder))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_file() {
        files.push(path.to_path_buf());
    }
    if !path.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name();
        let generated =
            ["build", "build-test", "dist", "target", "node_modules"].iter().any(|folder| name == *folder);
        if !generated && !name.as_encoded_bytes().starts_with(b".") {
            collect(&entry.path(), files)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("edgewise-fingerprint-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("src")).expect("a folder for the test");
        fs::write(folder.join("src/lib.rs"), "fn main() {}").expect("a file for the test");
        folder
    }

    fn print(folder: &Path) -> Fingerprint {
        Fingerprint::of_files(folder, &[folder.to_path_buf()]).expect("the folder can be read")
    }

    #[test]
    fn one_changed_byte_changes_the_fingerprint_and_changing_it_back_restores_it() {
        let folder = folder("byte");
        let before = print(&folder);
        fs::write(folder.join("src/lib.rs"), "fn main() {;}").expect("written");
        assert_ne!(print(&folder), before);
        fs::write(folder.join("src/lib.rs"), "fn main() {}").expect("written");
        assert_eq!(print(&folder), before);
    }

    #[test]
    fn a_file_that_moves_changes_the_fingerprint() {
        let folder = folder("move");
        let before = print(&folder);
        fs::rename(folder.join("src/lib.rs"), folder.join("src/other.rs")).expect("moved");
        assert_ne!(print(&folder), before);
    }

    #[test]
    fn what_a_build_puts_there_does_not_count() {
        let folder = folder("generated");
        let before = print(&folder);
        fs::create_dir_all(folder.join("build")).expect("created");
        fs::write(folder.join("build/index.js"), "x").expect("written");
        assert_eq!(print(&folder), before);
    }

    #[test]
    fn where_one_value_ends_and_the_next_begins_counts() {
        assert_ne!(Fingerprint::EMPTY.with(b"ab").with(b"c"), Fingerprint::EMPTY.with(b"a").with(b"bc"));
    }

    #[test]
    fn only_crates_of_this_repository_have_a_folder() {
        assert_eq!(folder_in("room v0.1.0 (/clone/crates/room)"), Some("/clone/crates/room".into()));
        assert_eq!(folder_in("yew-macro v0.23.0 (proc-macro)"), None);
        assert_eq!(folder_in("serde v1.0.229"), None);
    }
}
