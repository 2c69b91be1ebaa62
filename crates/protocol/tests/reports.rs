//! What browsers tell of themselves: error reports are taken whole or not at all, measured values one by one.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use protocol::{
    decode_object,
    http::{Bytes, ClientMetrics, ErrorReports, Measured, Shift},
    limits::{BREADCRUMBS, MEASURED_SAMPLES, REPORTED_ERRORS, STACK_BYTES},
};
use serde_json::{Value, json};

fn error() -> Value {
    json!({"kind": "error", "message": "m", "at": 1, "path": "/[room]"})
}

fn with(field: &str, value: Value) -> Value {
    let mut error = error();
    error[field] = value;
    json!({"release": "edgewise@0.1.0", "errors": [error]})
}

fn taken(reports: &Value) -> bool {
    decode_object::<ErrorReports>(&reports.to_string()).is_ok()
}

#[test]
fn a_report_is_taken_at_each_of_its_limits_and_refused_beyond() {
    let crumbs = |n| vec![json!({"at": 1, "category": "command", "message": "send"}); n];
    let crumb = |n: usize| json!([{"at": 1, "category": "http", "message": "é".repeat(n)}]);
    assert!(taken(&with("message", "é".repeat(300).into())));
    assert!(!taken(&with("message", "é".repeat(301).into())));
    assert!(taken(&with("stack", "s".repeat(STACK_BYTES).into())));
    assert!(!taken(&with("stack", "s".repeat(STACK_BYTES + 1).into())));
    assert!(taken(&with("breadcrumbs", crumbs(BREADCRUMBS).into())));
    assert!(!taken(&with("breadcrumbs", crumbs(BREADCRUMBS + 1).into())));
    assert!(taken(&with("breadcrumbs", crumb(100))));
    assert!(!taken(&with("breadcrumbs", crumb(101))));
    let many = |n| json!({"release": "r", "errors": vec![error(); n]});
    assert!(taken(&many(REPORTED_ERRORS)) && !taken(&many(REPORTED_ERRORS + 1)));
    let release = |release: String| json!({"release": release, "errors": [error()]});
    assert!(taken(&release("r".repeat(100))) && !taken(&release("r".repeat(101))));
    assert!(!taken(&release("two words".to_owned())) && !taken(&release(String::new())));
}

#[test]
fn a_report_has_no_place_for_the_address_of_a_room() {
    assert!(taken(&with("path", "/".into())));
    assert!(!taken(&with("path", "/my-private-room".into())));
    assert!(!taken(&with("kind", "guess".into())));
    assert!(!taken(&with("request_id", "a b".into())));
}

#[test]
fn a_measured_value_that_is_out_of_bounds_counts_as_not_measured() {
    let metrics = r#"{"page_load_ms":812.6,"lcp_ms":-1,"inp_ms":600001,"cls":11,"reconnects":121,
        "acks_ms":[1,-1,600000],"deliveries_ms":[1e99],"later":true}"#;
    let read: ClientMetrics = decode_object(metrics).expect("it is taken");
    assert_eq!(read.page_load_ms.map(Measured::ms), Some(813));
    assert_eq!((read.lcp_ms, read.inp_ms, read.cls, read.reconnects), (None, None, None, 0));
    assert_eq!(read.acks_ms.iter().map(|ack| ack.ms()).collect::<Vec<_>>(), [1, 600_000]);
    assert!(read.deliveries_ms.is_empty() && read.first_message_ms.is_none());
}

#[test]
fn no_more_samples_are_read_than_a_minute_holds() {
    let metrics = json!({"acks_ms": vec![5; MEASURED_SAMPLES + 1]});
    let read: ClientMetrics = decode_object(&metrics.to_string()).expect("it is taken");
    assert_eq!(read.acks_ms.len(), MEASURED_SAMPLES);
}

#[test]
fn what_is_no_number_is_refused() {
    for bad in [r#"{"page_load_ms":"1"}"#, r#"{"acks_ms":1}"#, r#"{"reconnects":null}"#, "[]"] {
        assert!(decode_object::<ClientMetrics>(bad).is_err(), "{bad}");
    }
}

#[test]
fn numbers_that_are_none_are_never_measured() {
    for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.6] {
        assert_eq!((Measured::new(odd), Shift::new(odd)), (None, None), "{odd}");
    }
    assert_eq!(Shift::new(0.1).map(Shift::millionths), Some(100_000));
}

#[test]
fn a_stack_is_cut_at_a_whole_character() {
    assert_eq!(Bytes::<5>::cut("aéé").as_str(), "aéé");
    assert_eq!(Bytes::<4>::cut("aéé").as_str(), "aé");
    assert_eq!(Bytes::<0>::cut("é").as_str(), "");
}
