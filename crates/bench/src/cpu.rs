//! How much CPU a process has used, where the system tells (Linux).

use std::time::Duration;

/// User and system time of a process so far; `None` where it cannot be known.
pub fn used(pid: u32) -> Option<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name stands in brackets and may have spaces; utime and stime are the 12th and 13th field behind it.
    let mut fields = stat.rsplit(')').next()?.split_whitespace().skip(11);
    let ticks = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    // Linux reports these in hundredths of a second on every machine, whatever its own tick.
    Some(Duration::from_millis(ticks * 10))
}

#[cfg(test)]
mod tests {
    #[test]
    fn this_process_has_used_some_and_no_process_has_used_none() {
        if std::path::Path::new("/proc/self/stat").exists() {
            assert!(super::used(std::process::id()).is_some());
        }
        assert_eq!(super::used(u32::MAX), None);
    }
}
