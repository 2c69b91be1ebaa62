//! A snapshot as Prometheus reads it: the text exposition format, version 0.0.4.
//!
//! Every family has its HELP and TYPE, whether or not anything was counted, and a family of few series has all of them from the
//! start: a counter that first appears at 1 would hide its first event from `rate`.

use std::fmt::{self, Write};

use crate::{
    catalogue::{Definition, Family, Kind},
    series::Series,
    totals::Snapshot,
};

/// What the text's answer says it is.
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// A family with at most so many series is written out in full: the largest are the eighteen reject codes.
const FEW: usize = 20;

/// What is running.
#[derive(Debug, Clone, Copy)]
pub struct Release<'a> {
    /// The version of the Worker.
    pub version: &'a str,
    /// The commit it was built from.
    pub commit: &'a str,
}

/// The whole text.
#[must_use]
pub fn text(snapshot: &Snapshot, release: Release<'_>) -> String {
    let mut page = String::new();
    // Writing to a String cannot fail.
    let _ = write_all(&mut page, snapshot, release);
    page
}

fn write_all(page: &mut String, snapshot: &Snapshot, release: Release<'_>) -> fmt::Result {
    let (version, commit) = (escaped(release.version), escaped(release.commit));
    writeln!(page, "# HELP edgewise_build_info What is running")?;
    writeln!(page, "# TYPE edgewise_build_info gauge")?;
    writeln!(page, "edgewise_build_info{{version=\"{version}\",commit=\"{commit}\"}} 1")?;
    Family::ALL.iter().try_for_each(|family| write_family(page, *family, snapshot))
}

fn write_family(page: &mut String, family: Family, snapshot: &Snapshot) -> fmt::Result {
    let Definition { name, help, kind, .. } = family.definition();
    writeln!(page, "# HELP {name} {help}")?;
    match kind {
        Kind::Counter => {
            writeln!(page, "# TYPE {name} counter")?;
            for series in shown(family, snapshot) {
                let count = snapshot.measures.of(series).first().copied().unwrap_or_default();
                write_line(page, name, series, None, &count.to_string())?;
            }
            Ok(())
        }
        Kind::Gauge => {
            let value = snapshot.gauge(family);
            writeln!(page, "# TYPE {name} gauge\n{name} {value}")
        }
        Kind::Histogram(bounds) => {
            writeln!(page, "# TYPE {name} histogram")?;
            shown(family, snapshot)
                .into_iter()
                .try_for_each(|series| write_histogram(page, series, bounds, snapshot.measures.of(series)))
        }
    }
}

/// The series of a family that stand in the text, in order.
fn shown(family: Family, snapshot: &Snapshot) -> Vec<Series> {
    let mut shown: Vec<Series> =
        snapshot.measures.series().filter(|series| series.family() == family).collect();
    let combinations: usize = family.definition().labels.iter().map(|label| label.values.len()).product();
    if combinations <= FEW {
        shown.extend(Series::all(family));
    }
    shown.sort_unstable();
    shown.dedup();
    shown
}

/// The numbers of a histogram that was never counted are none.
fn write_histogram(page: &mut String, series: Series, bounds: &[u64], numbers: &[u64]) -> fmt::Result {
    let name = series.family().definition().name;
    let bucket = format!("{name}_bucket");
    let number = |place: usize| numbers.get(place).copied().unwrap_or_default();
    let mut below: u64 = 0;
    for (place, bound) in bounds.iter().enumerate() {
        below = below.saturating_add(number(place));
        write_line(page, &bucket, series, Some(&decimal(*bound)), &below.to_string())?;
    }
    let all = below.saturating_add(number(bounds.len())).to_string();
    write_line(page, &bucket, series, Some("+Inf"), &all)?;
    write_line(page, &format!("{name}_sum"), series, None, &decimal(number(bounds.len() + 1)))?;
    write_line(page, &format!("{name}_count"), series, None, &all)
}

/// `name{label="value",le="bound"} number`
fn write_line(
    page: &mut String,
    name: &str,
    series: Series,
    bound: Option<&str>,
    number: &str,
) -> fmt::Result {
    page.push_str(name);
    let mut open = '{';
    // Values of the catalogue need no escaping.
    let labels = series.labels().map(|(label, value)| -> (&str, &str) { (label, value) });
    for (label, value) in labels.chain(bound.map(|bound| ("le", bound))) {
        write!(page, "{open}{label}=\"{value}\"")?;
        open = ',';
    }
    if open == ',' {
        page.push('}');
    }
    writeln!(page, " {number}")
}

/// Millionths as a decimal number without needless zeros.
fn decimal(micros: u64) -> String {
    let (whole, rest) = (micros / 1_000_000, micros % 1_000_000);
    if rest == 0 {
        return whole.to_string();
    }
    format!("{whole}.{rest:06}").trim_end_matches('0').to_owned()
}

/// A label's value from outside the catalogue.
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn millionths_are_written_as_decimals() {
        let cases = [(0, "0"), (5_000, "0.005"), (2_500_000, "2.5"), (10_000_000, "10"), (1, "0.000001")];
        for (micros, expected) in cases {
            assert_eq!(decimal(micros), expected);
        }
    }

    #[test]
    fn a_value_from_outside_cannot_break_a_line() {
        assert_eq!(escaped("a\"b\\c\nd"), "a\\\"b\\\\c\\nd");
    }
}
