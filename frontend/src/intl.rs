//! Instants and numbers as the reader's browser writes them, in the language of the page and the reader's zone.
//!
//! Not here: which words stand around them. A form is made once, when it is first wanted: making one costs more than a hundred rows.

use std::cell::OnceCell;

use js_sys::{Array, Date, Function, Intl, Number, Object, Reflect};
use protocol::Millis;
use wasm_bindgen::JsValue;

use crate::instants::Form;

thread_local! {
    static FORMS: [OnceCell<Function>; 4] = const { [const { OnceCell::new() }; 4] };
}

/// An instant.
pub fn written(at: Millis, form: Form) -> String {
    let date = JsValue::from(date(at));
    let written =
        FORMS.with(|forms| forms[form as usize].get_or_init(|| made(form)).call1(&JsValue::UNDEFINED, &date));
    written.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// The reader's year of an instant.
pub fn year(at: Millis) -> i64 {
    date(at).get_full_year().into()
}

/// As `<time datetime>` wants it, in UTC.
pub fn machine(at: Millis) -> String {
    date(at).to_iso_string().into()
}

/// A number.
pub fn number(count: u64) -> String {
    // Counts are far below 2^53.
    Number::from(count as f64).to_locale_string(&locale()).into()
}

fn made(form: Form) -> Function {
    let options = Object::new();
    for (name, value) in parts(form) {
        // An object of our own takes every property.
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    Intl::DateTimeFormat::new(&Array::of1(&locale().into()), &options).format()
}

const fn parts(form: Form) -> &'static [(&'static str, &'static str)] {
    match form {
        Form::Clock => &[("hour", "2-digit"), ("minute", "2-digit")],
        Form::Day => &[("weekday", "long"), ("day", "numeric"), ("month", "long")],
        Form::DayAndYear => {
            &[("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")]
        }
        Form::Whole => &[("dateStyle", "full"), ("timeStyle", "short")],
    }
}

/// What the page's script found: the language with the reader's region.
fn locale() -> String {
    let root = gloo::utils::document().document_element();
    root.and_then(|root| root.get_attribute("lang")).unwrap_or_else(|| "en".to_owned())
}

fn date(at: Millis) -> Date {
    // Far below 2^53.
    Date::new(&JsValue::from_f64(at.0 as f64))
}
