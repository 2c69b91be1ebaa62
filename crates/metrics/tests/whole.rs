//! From counting to the text: pushes of several isolates, through shards, to what Prometheus reads.

use expect_test::expect_file;
use metrics::{Family, Gauges, Kind, Measures, Micros, Push, Registry, Release, Snapshot, text};

const RELEASE: Release<'_> = Release { version: "0.1.0", commit: "0123abc" };

/// As it comes out at the other end.
fn sent(registry: &mut Registry) -> Push {
    let push = registry.take();
    let read = Push::read(&push.write());
    assert_eq!(read, push);
    read
}

fn snapshot(pushes: Vec<Push>) -> Snapshot {
    let (mut measures, mut gauges) = (Measures::new(), Gauges::new());
    for push in pushes {
        measures.add(&push.measures);
        gauges.update(&push.gauges);
    }
    Snapshot::of(measures, &gauges)
}

fn busy_isolate() -> Registry {
    let mut registry = Registry::new();
    registry.count(Family::HttpRequests, &["session", "201", "EU"], 2);
    registry.count(Family::HttpRequests, &["socket", "101", "AS"], 1);
    registry.observe(Family::HttpRequestSeconds, &["session", "EU"], Micros::of_millis(4));
    registry.observe(Family::HttpRequestSeconds, &["session", "EU"], Micros::of_millis(90_000));
    registry.observe(Family::FanoutBatchEvents, &[], Micros::of_units(3));
    registry.count(Family::Rejects, &["rate_limited"], 4);
    registry.set("room-a", Family::SocketsOpen, 3);
    registry.set("room-a", Family::StorageBytes, 40_960);
    registry.set("room-b", Family::SocketsOpen, 0);
    registry
}

#[test]
fn the_text_of_a_busy_server_has_these_bytes() {
    let text = text(&snapshot(vec![sent(&mut busy_isolate())]), RELEASE);
    // What was never counted stands there too, at 0; the golden file does without it.
    let counted: Vec<_> = text.split_inclusive('\n').filter(|line| !line.ends_with(" 0\n")).collect();
    expect_file!["golden/busy.txt"].assert_eq(&counted.concat());
}

#[test]
fn every_family_stands_in_the_text_of_a_server_that_has_counted_nothing() {
    let text = text(&Snapshot::default(), RELEASE);
    for family in Family::ALL {
        let definition = family.definition();
        let kind = match definition.kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram(_) => "histogram",
        };
        assert!(text.contains(&format!("# TYPE {} {kind}\n", definition.name)), "{}", definition.name);
    }
    assert!(text.contains("edgewise_rejects_total{code=\"rate_limited\"} 0\n"));
    assert!(text.contains("edgewise_client_ack_seconds_count{continent=\"EU\"} 0\n"));
}

#[test]
fn a_source_that_speaks_again_replaces_what_it_said() {
    let mut later = Registry::new();
    later.set("room-a", Family::SocketsOpen, 1);
    later.set("room-b", Family::SocketsOpen, 1);
    let text = text(&snapshot(vec![sent(&mut busy_isolate()), sent(&mut later)]), RELEASE);
    assert!(text.contains("\nedgewise_sockets_open 2\n"));
    assert!(text.contains("\nedgewise_rooms_with_sockets 2\n"));
    assert!(text.contains("\nedgewise_storage_bytes 40960\n"));
}

#[test]
fn a_push_of_another_version_costs_only_what_this_one_does_not_know() {
    let push = "edgewise_messages_total 2\nedgewise_of_tomorrow_total|x 9\nedgewise_client_cls|EU 1 2 3\n\
        =edgewise_sockets_open|room-a 5\n=edgewise_of_tomorrow|room-a 7\n=edgewise_storage_bytes|room-a many\nalone\n";
    let text = text(&snapshot(vec![Push::read(push)]), RELEASE);
    assert!(text.contains("\nedgewise_messages_total 2\n") && text.contains("\nedgewise_sockets_open 5\n"));
    assert!(text.contains("edgewise_client_cls_count{continent=\"EU\"} 0\n") && !text.contains("tomorrow"));
}

#[test]
fn a_histogram_counts_every_value_below_each_bound_and_the_rest_in_the_last_bucket() {
    let mut registry = Registry::new();
    for millis in [5, 6, 10_000, 10_001] {
        registry.observe(Family::ClientAckSeconds, &["EU"], Micros::of_millis(millis));
    }
    let text = text(&snapshot(vec![sent(&mut registry)]), RELEASE);
    for line in [
        "edgewise_client_ack_seconds_bucket{continent=\"EU\",le=\"0.005\"} 1",
        "edgewise_client_ack_seconds_bucket{continent=\"EU\",le=\"0.01\"} 2",
        "edgewise_client_ack_seconds_bucket{continent=\"EU\",le=\"10\"} 3",
        "edgewise_client_ack_seconds_bucket{continent=\"EU\",le=\"+Inf\"} 4",
        "edgewise_client_ack_seconds_sum{continent=\"EU\"} 20.012",
        "edgewise_client_ack_seconds_count{continent=\"EU\"} 4",
    ] {
        assert!(text.contains(&format!("{line}\n")), "{line}");
    }
}

/// Whoever hears what in whatever order: the whole is the same. What it costs to run these on wasm shows nothing more.
#[cfg(not(target_arch = "wasm32"))]
mod law {
    use proptest::prelude::*;

    use super::*;

    /// Things that were counted: which of three families, under which value, how much.
    fn counted() -> impl Strategy<Value = Vec<(u8, u8, u64)>> {
        proptest::collection::vec((0..3_u8, 0..4_u8, 0..20_000_000_u64), 0..12)
    }

    fn measures(counted: &[(u8, u8, u64)]) -> Measures {
        let mut measures = Measures::new();
        for (family, value, amount) in counted {
            let continent = ["EU", "AS", "unknown", "nowhere"][usize::from(*value)];
            match family {
                0 => measures.count(Family::ClientReconnects, &[continent], *amount),
                1 => measures.count(Family::Messages, &[], *amount),
                _ => measures.observe(Family::ClientAckSeconds, &[continent], Micros(*amount)),
            }
        }
        measures
    }

    fn sum<'a>(all: impl Iterator<Item = &'a Measures>) -> Measures {
        let mut sum = Measures::new();
        all.for_each(|one| sum.add(one));
        sum
    }

    proptest! {
        #[test]
        fn whatever_arrives_is_read_without_a_panic(lines in "(edgewise_messages_total|=?[a-z|]{0,9}| ?[0-9]{0,25}|\\n){0,9}") {
            let push = Push::read(&lines);
            prop_assert_eq!(Push::read(&push.write()), push);
        }

        #[test]
        fn merging_is_addition_in_whatever_order(a in counted(), b in counted(), c in counted()) {
            let all: Vec<_> = [&a, &b, &c].into_iter().map(|counted| measures(counted)).collect();
            let at_once: Vec<_> = a.iter().chain(&b).chain(&c).copied().collect();
            prop_assert_eq!(sum(all.iter()), measures(&at_once));
            prop_assert_eq!(sum(all.iter().rev()), measures(&at_once));
        }

        #[test]
        fn what_is_stored_series_by_series_comes_back_whole(counted in counted()) {
            let whole = measures(&counted);
            let mut back = Measures::new();
            for series in whole.series() {
                back.put(&series.key(), whole.of(series).to_vec());
            }
            prop_assert_eq!(back, whole);
        }
    }
}
