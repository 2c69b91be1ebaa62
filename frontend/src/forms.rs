//! What stands in the fields of a form when it is sent: read from the page, so that no field needs a state of its own.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FormData, HtmlFormElement};
use yew::SubmitEvent;

/// The fields of a form, by their names.
pub struct Fields(Option<FormData>);

impl Fields {
    /// Those of the form that is sent. It goes nowhere: this page sends it.
    pub fn of(event: &SubmitEvent) -> Self {
        event.prevent_default();
        let form = event.target().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        Self(form.and_then(|form| FormData::new_with_form(&form).ok()))
    }

    /// Those of the form around the element that an event is about.
    pub fn around(event: &Event) -> Self {
        let element = event.target().and_then(|element| element.dyn_into::<Element>().ok());
        let form = element.and_then(|element| element.closest("form").ok().flatten());
        let form = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        Self(form.and_then(|form| FormData::new_with_form(&form).ok()))
    }

    /// What stands in this one, without the space around it; nothing, for a box that is not ticked.
    pub fn text(&self, name: &str) -> String {
        let value = self.0.as_ref().and_then(|fields| fields.get(name).as_string()).unwrap_or_default();
        value.trim().to_owned()
    }
}
