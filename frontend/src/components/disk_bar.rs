//! A thin bar, there only where the browser keeps nothing on disk.

use yew::{Html, Properties, component, html};

use crate::{scene::Disk, words};

/// How things stand.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// The disk.
    pub disk: Disk,
}

/// Says what that means and what to do; nothing where all is well.
#[component]
pub fn DiskBar(props: &Props) -> Html {
    match props.disk {
        Disk::Keeping => Html::default(),
        Disk::Failing => html! {
            <div class="connection" role="status">
                <span>
                    { words::disk_failing() }
                </span>
            </div>
        },
    }
}
