//! How measures and gauges travel between isolates: a line each, a key and its numbers.
//!
//! Not JSON, whose reading weighs more in a Worker than all of the counting. Lines that this version does not understand are passed
//! over: another version wrote them.

use crate::{measures::Measures, totals::Gauges};

/// What a gauge's line begins with.
const GAUGE: char = '=';

pub(crate) fn write(measures: &Measures, gauges: &Gauges) -> String {
    let mut lines = String::new();
    for series in measures.series() {
        lines.push_str(&series.key());
        for number in measures.of(series) {
            lines.push(' ');
            lines.push_str(&number.to_string());
        }
        lines.push('\n');
    }
    for (key, value) in gauges.iter() {
        lines.push(GAUGE);
        lines.push_str(key);
        lines.push(' ');
        lines.push_str(&value.to_string());
        lines.push('\n');
    }
    lines
}

pub(crate) fn read(lines: &str) -> (Measures, Gauges) {
    let (mut measures, mut gauges) = (Measures::new(), Gauges::new());
    for line in lines.lines() {
        let Some((key, numbers)) = line.split_once(' ') else { continue };
        match key.strip_prefix(GAUGE) {
            None => measures.put(key, numbers_of(numbers)),
            Some(key) => {
                if let Ok(value) = numbers.parse() {
                    gauges.put(key, value);
                }
            }
        }
    }
    (measures, gauges)
}

/// The numbers up to the first that is none.
pub(crate) fn numbers_of(numbers: &str) -> Vec<u64> {
    numbers.split(' ').map_while(|number| number.parse().ok()).collect()
}
