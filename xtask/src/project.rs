//! Where things are: this clone, its build folders, and the cache that clones share.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Done, Failure};
use crate::pins::Pin;

/// One clone of the repository on this machine.
#[derive(Debug)]
pub struct Project {
    /// The folder with the workspace's Cargo.toml.
    pub root: PathBuf,
    /// Programs that outlive this clone; other clones use them too.
    pub cache: PathBuf,
    /// Cargo's build folder.
    pub target: PathBuf,
}

impl Project {
    /// The clone that this program was built in.
    pub fn here() -> Self {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest.parent().unwrap_or(manifest).to_path_buf();
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder));
        Self { cache: cache_folder(), target, root }
    }

    /// Where this program keeps what it needs to remember between runs.
    pub fn memory(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// A file among what is remembered; its folder is made.
    pub fn memory_file(&self, name: &str) -> Done<PathBuf> {
        let folder = self.memory();
        fs::create_dir_all(&folder).map_err(|error| Failure::file("create", &folder, &error))?;
        Ok(folder.join(name))
    }

    /// An executable that cargo has installed into the cache.
    pub fn installed(&self, pin: Pin) -> PathBuf {
        self.cache.join(format!("{}-{}", pin.package, pin.version)).join("bin").join(pin.program)
    }

    /// An executable of the packages that package-lock.json pins.
    pub fn npm_program(&self, name: &str) -> PathBuf {
        self.root.join("node_modules/.bin").join(name)
    }

    /// A command that runs in the root and finds the pinned programs before any others of the same name.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.root)
            .env("PATH", self.path_with(&[]))
            .env("CARGO_TARGET_DIR", &self.target);
        command
    }

    /// `PATH` with the pinned npm programs in front, and these folders before them.
    pub fn path_with(&self, first: &[PathBuf]) -> OsString {
        let inherited = env::var_os("PATH").unwrap_or_default();
        let pinned = self.root.join("node_modules/.bin");
        let folders = first.iter().cloned().chain([pinned]).chain(env::split_paths(&inherited));
        // A folder with a colon in its name cannot be in a PATH at all; then what was inherited must do.
        env::join_paths(folders).unwrap_or(inherited)
    }
}

fn cache_folder() -> PathBuf {
    let base = env::var_os("XDG_CACHE_HOME").filter(|folder| !folder.is_empty()).map_or_else(
        || PathBuf::from(env::var_os("HOME").unwrap_or_else(|| OsString::from("/tmp"))).join(".cache"),
        PathBuf::from,
    );
    base.join("edgewise")
}
