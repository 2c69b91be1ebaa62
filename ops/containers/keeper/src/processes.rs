//! What the processes of a container use, summed, from `/proc`: in a container that shows its own processes and no others.
//!
//! Not here: the Worker's own metrics, which it serves itself. Names and meanings are those of Prometheus's client libraries.

use std::{fmt::Write as _, fs, path::Path};

use rustix::param::{clock_ticks_per_second, page_size};

/// Everything that is told.
#[derive(Debug, Default, PartialEq)]
pub struct Usage {
    /// Of all processes, those that have ended too.
    cpu_seconds: f64,
    /// Pages that processes share count for each of them.
    resident_bytes: u64,
    /// Files, sockets and pipes.
    open_files: u64,
    /// When the first of them was started, in seconds since 1970.
    started_at: f64,
}

/// One process, in the kernel's own units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Process {
    /// Its own ticks, and those of its children that it has buried.
    ticks: u64,
    /// Ticks since the machine started.
    started: u64,
    /// Pages in memory.
    pages: u64,
}

impl Usage {
    /// What is used now.
    pub fn now() -> Self {
        Self::below(Path::new("/proc"))
    }

    fn below(proc: &Path) -> Self {
        let ticks_a_second = clock_ticks_per_second() as f64;
        let mut usage = Self::default();
        let mut first = u64::MAX;
        for folder in fs::read_dir(proc).into_iter().flatten().flatten().map(|entry| entry.path()) {
            // What is no process has no such file, and a process may end while it is looked at.
            let stat = fs::read_to_string(folder.join("stat")).unwrap_or_default();
            let Some(process) = Process::parse(&stat) else { continue };
            usage.cpu_seconds += process.ticks as f64 / ticks_a_second;
            usage.resident_bytes += process.pages.saturating_mul(page_size() as u64);
            usage.open_files += fs::read_dir(folder.join("fd")).map_or(0, |files| files.count() as u64);
            first = first.min(process.started);
        }
        let booted = fs::read_to_string(proc.join("stat")).ok().as_deref().and_then(boot_time);
        usage.started_at = booted.map_or(0.0, |booted| booted as f64 + first as f64 / ticks_a_second);
        usage
    }

    /// In Prometheus's text format. A limit that is not there is not told.
    pub fn text(&self, memory_limit: Option<u64>) -> String {
        let mut text = String::new();
        let mut tell = |name: &str, kind: &str, help: &str, value: &dyn std::fmt::Display| {
            // Writing to a string does not fail.
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}");
        };
        tell(
            "process_cpu_seconds_total",
            "counter",
            "CPU time of all processes of this container.",
            &self.cpu_seconds,
        );
        tell(
            "process_resident_memory_bytes",
            "gauge",
            "Memory of all processes; shared pages count for each.",
            &self.resident_bytes,
        );
        tell(
            "process_open_fds",
            "gauge",
            "Files and sockets that all processes have open.",
            &self.open_files,
        );
        tell(
            "process_start_time_seconds",
            "gauge",
            "When the first process started, since 1970.",
            &self.started_at,
        );
        if let Some(limit) = memory_limit {
            tell(
                "edgewise_container_memory_limit_bytes",
                "gauge",
                "Memory that this container may have.",
                &limit,
            );
        }
        text
    }
}

impl Process {
    /// Reads `/proc/PID/stat`. The second field is the program's name, which may hold anything: counting starts behind it.
    fn parse(stat: &str) -> Option<Self> {
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        // proc(5) numbers fields from 1, and the first one here is its third.
        let field = |number: usize| fields.get(number - 3)?.parse::<u64>().ok();
        let ticks = field(14)? + field(15)? + field(16)? + field(17)?;
        Some(Self { ticks, started: field(22)?, pages: field(24)? })
    }
}

/// The line `btime` of `/proc/stat`: seconds since 1970.
fn boot_time(stat: &str) -> Option<u64> {
    stat.lines().find_map(|line| line.strip_prefix("btime "))?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use std::{env, process};

    use super::*;

    const STAT: &str = "7 (a) b (c)) S 1 7 7 0 -1 4194560 900 0 3 0 150 50 30 20 20 0 9 0 4000 99999 256 18446744073709551615 1 1";

    #[test]
    fn a_process_is_read_whatever_its_name_is() {
        assert_eq!(Process::parse(STAT), Some(Process { ticks: 250, started: 4_000, pages: 256 }));
        assert_eq!(Process::parse("7 (cut off) S 1 7"), None);
        assert_eq!(Process::parse("cpu  1 2 3"), None);
    }

    #[test]
    fn processes_are_summed_and_the_first_one_started_the_container() {
        let proc = env::temp_dir().join(format!("keeper-proc-{}", process::id()));
        for (pid, stat) in [("1", STAT), ("9", &STAT.replace(" 4000 ", " 5000 "))] {
            fs::create_dir_all(proc.join(pid).join("fd")).expect("a folder for the test");
            fs::write(proc.join(pid).join("fd/0"), "").expect("written");
            fs::write(proc.join(pid).join("stat"), stat).expect("written");
        }
        fs::write(proc.join("stat"), "cpu 1 2 3\nbtime 1700000000\nprocesses 9\n").expect("written");
        let ticks = clock_ticks_per_second() as f64;
        let expected = Usage {
            cpu_seconds: 500.0 / ticks,
            resident_bytes: 512 * page_size() as u64,
            open_files: 2,
            started_at: 1_700_000_000.0 + 4_000.0 / ticks,
        };
        assert_eq!(Usage::below(&proc), expected);
    }

    #[test]
    fn the_text_names_each_metric_once_and_a_limit_only_where_there_is_one() {
        let usage =
            Usage { cpu_seconds: 1.5, resident_bytes: 4_096, open_files: 3, started_at: 1_700_000_000.0 };
        let text = usage.text(None);
        let values: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        let expected = [
            "process_cpu_seconds_total 1.5",
            "process_resident_memory_bytes 4096",
            "process_open_fds 3",
            "process_start_time_seconds 1700000000",
        ];
        assert_eq!(values, expected);
        assert!(usage.text(Some(5)).ends_with("\nedgewise_container_memory_limit_bytes 5\n"));
    }

    #[test]
    fn this_very_process_uses_memory_and_files() {
        let usage = Usage::now();
        assert!(usage.resident_bytes > 0 && usage.open_files > 2, "{usage:?}");
        assert!(usage.started_at > 1_600_000_000.0, "{usage:?}");
    }
}
