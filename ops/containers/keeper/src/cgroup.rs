//! How much memory the container may have, as the kernel keeps it.

use std::{fs, path::Path};

/// Where the kernel tells: cgroups of today, and those of before.
const FILES: [&str; 2] = ["memory.max", "memory/memory.limit_in_bytes"];

/// Old cgroups say "no limit" as a number near the largest there is; no machine has half of it.
const NO_LIMIT: u64 = 1 << 62;

/// The limit in bytes; `None` where there is none.
pub fn memory_limit() -> Option<u64> {
    limit_below(Path::new("/sys/fs/cgroup"))
}

fn limit_below(root: &Path) -> Option<u64> {
    let text = FILES.iter().find_map(|file| fs::read_to_string(root.join(file)).ok())?;
    text.trim().parse().ok().filter(|limit| *limit < NO_LIMIT)
}

#[cfg(test)]
mod tests {
    use std::{env, path::PathBuf, process};

    use super::*;

    fn root(test: &str, file: &str, text: &str) -> PathBuf {
        let root = env::temp_dir().join(format!("keeper-cgroup-{test}-{}", process::id()));
        fs::create_dir_all(root.join("memory")).expect("a folder for the test");
        fs::write(root.join(file), text).expect("written");
        root
    }

    #[test]
    fn a_limit_is_read_from_either_kind_of_cgroup() {
        assert_eq!(limit_below(&root("new", "memory.max", "536870912\n")), Some(512 << 20));
        assert_eq!(limit_below(&root("old", "memory/memory.limit_in_bytes", "1048576\n")), Some(1 << 20));
    }

    #[test]
    fn no_limit_is_no_number() {
        assert_eq!(limit_below(&root("max", "memory.max", "max\n")), None);
        let old = root("old-max", "memory/memory.limit_in_bytes", "9223372036854771712\n");
        assert_eq!(limit_below(&old), None);
        assert_eq!(limit_below(Path::new("/no/such/folder")), None);
    }
}
