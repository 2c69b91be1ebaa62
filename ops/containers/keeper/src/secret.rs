//! Secrets that are made where they are needed, once, and kept beside the state that they belong to.
//!
//! Not here: rotating them. Invariant: two keepers that start at once on the same folder end with the same secret, and a secret's file is
//! whole or not there.

use std::{
    env,
    fmt::Write as _,
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process,
};

use crate::{
    arguments::{Readers, SecretFile},
    failure::Failure,
};

/// Bytes of randomness; the Worker asks for 64 hex digits.
const BYTES: usize = 32;

/// A variable of the child's.
#[derive(Debug, PartialEq, Eq)]
pub struct Secret {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// The secret: from the environment, from its file, or new.
pub fn keep(wanted: &SecretFile) -> Result<Secret, Failure> {
    let from_outside = env::var(&wanted.name).ok().filter(|value| !value.is_empty());
    let value = match from_outside {
        Some(value) => value,
        None => kept(wanted)?,
    };
    Ok(Secret { name: wanted.name.clone(), value })
}

fn kept(wanted: &SecretFile) -> Result<String, Failure> {
    let refused = |error| Failure::Secret { file: wanted.file.clone(), error };
    if !wanted.file.exists() {
        make(wanted).map_err(refused)?;
    }
    let text = fs::read_to_string(&wanted.file).map_err(refused)?;
    let value = text.trim();
    if value.len() == 2 * BYTES && value.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        Ok(value.to_owned())
    } else {
        Err(Failure::NotASecret(wanted.file.clone()))
    }
}

/// Writes it aside and links it into place: the link is refused where another keeper was faster, and then that one's secret holds.
fn make(wanted: &SecretFile) -> io::Result<()> {
    let aside = aside(&wanted.file);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode(wanted.readers)).open(&aside)?;
    let linked = writeln!(file, "{}", random()?)
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::hard_link(&aside, &wanted.file));
    fs::remove_file(&aside)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => sync_folder(&wanted.file),
    }
}

fn aside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    // Not the process id: every container's first process has the same.
    name.push(format!(".{}-{}", process::id(), random().unwrap_or_default()));
    file.with_file_name(name)
}

const fn mode(readers: Readers) -> u32 {
    match readers {
        Readers::Owner => 0o600,
        Readers::Group => 0o640,
    }
}

fn random() -> io::Result<String> {
    let mut bytes = [0; BYTES];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

fn sync_folder(file: &Path) -> io::Result<()> {
    match file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::{os::unix::fs::PermissionsExt, thread};

    use super::*;

    fn wanted(test: &str, readers: Readers) -> SecretFile {
        let folder = env::temp_dir().join(format!("keeper-{test}-{}", process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder for the test");
        SecretFile { name: "KEEPER_TESTS_SET_THIS_NEVER".to_owned(), file: folder.join("the.key"), readers }
    }

    #[test]
    fn a_secret_is_made_once_and_the_same_ever_after() {
        let wanted = wanted("once", Readers::Owner);
        let first = keep(&wanted).expect("made");
        assert_eq!(first.value.len(), 64);
        assert_eq!(keep(&wanted).expect("read"), first);
        let left = fs::read_dir(wanted.file.parent().expect("a folder")).expect("it can be read").count();
        assert_eq!(left, 1, "nothing is left beside it");
    }

    #[test]
    fn two_secrets_are_not_the_same() {
        let one = keep(&wanted("one", Readers::Owner)).expect("made");
        assert_ne!(keep(&wanted("other", Readers::Owner)).expect("made"), one);
    }

    #[test]
    fn keepers_that_start_at_once_agree() {
        let wanted = wanted("at-once", Readers::Owner);
        let values = thread::scope(|scope| {
            let keepers: Vec<_> =
                (0..8).map(|_| scope.spawn(|| keep(&wanted).expect("kept").value)).collect();
            keepers.into_iter().map(|keeper| keeper.join().expect("no panic")).collect::<Vec<_>>()
        });
        assert!(values.iter().all(|value| *value == values[0]), "{values:?}");
    }

    #[test]
    fn only_whom_it_is_shared_with_may_read_it() {
        for (readers, mode) in [(Readers::Owner, 0o600), (Readers::Group, 0o640)] {
            let wanted = wanted(&format!("mode-{mode:o}"), readers);
            keep(&wanted).expect("made");
            let permissions = fs::metadata(&wanted.file).expect("it is there").permissions();
            assert_eq!(permissions.mode() & 0o777, mode);
        }
    }

    #[test]
    fn a_file_that_holds_something_else_is_never_overwritten() {
        let wanted = wanted("other-file", Readers::Owner);
        for text in ["", "short", &"g".repeat(64), &"a".repeat(63), &"a".repeat(65)] {
            fs::write(&wanted.file, text).expect("written");
            assert!(matches!(keep(&wanted), Err(Failure::NotASecret(_))), "{text}");
            assert_eq!(fs::read_to_string(&wanted.file).expect("still there"), text);
        }
    }

    #[test]
    fn a_folder_that_is_not_there_is_told_with_what_to_do() {
        let mut wanted = wanted("no-folder", Readers::Owner);
        wanted.file = wanted.file.join("below/the.key");
        let refused = keep(&wanted).expect_err("there is no such folder").to_string();
        assert!(refused.contains("or give the secret as a variable"), "{refused}");
    }
}
