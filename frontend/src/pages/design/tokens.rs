//! The smallest parts: colours, sizes, icons, faces, controls.
//!
//! A token is shown by what it does, in attributes of SVG: the content policy has no inline styles.

use yew::{Html, classes, html};

use crate::{components::Icon, face};

const COLOURS: [&str; 20] = [
    "--n0",
    "--n1",
    "--n2",
    "--n3",
    "--n4",
    "--n5",
    "--n6",
    "--n7",
    "--n8",
    "--n9",
    "--accent",
    "--accent-strong",
    "--accent-soft",
    "--on-accent",
    "--ok",
    "--warn",
    "--warn-soft",
    "--danger",
    "--danger-soft",
    "--float",
];
const SIZES: [&str; 5] = ["--t12", "--t13", "--t15", "--t18", "--t24"];
const FAMILIES: [&str; 2] = ["--font", "--mono"];
const SPACES: [&str; 10] =
    ["--s4", "--s8", "--s12", "--s16", "--s24", "--s32", "--face", "--hit", "--hit-inline", "--edge"];
/// What has no picture, with where it is to be seen.
const ELSEWHERE: [(&str, &str); 3] = [
    ("--r6", "the corners of a button"),
    ("--r10", "the corners of this card"),
    ("--motion", "a button under the pointer; none with reduced motion"),
];
const SAMPLE: &str = "What people wrote is the loudest thing here.";

pub fn colour() -> Html {
    let swatch = |name: &&str| {
        let fill = format!("var({name})");
        html! {
            <li>
                <svg aria-hidden="true"><rect x="1" y="1" width="98%" height="36" rx="6" {fill} stroke="var(--n5)" /></svg>
                <code>{ *name }</code>
            </li>
        }
    };
    // A shadow is no colour: it is seen around what floats.
    html! { <ul class="swatches">{ for COLOURS.iter().filter(|name| **name != FLOAT).map(swatch) }<li>{ floating() }</li></ul> }
}

const FLOAT: &str = "--float";

fn floating() -> Html {
    html! { <><span class="floats" /><code>{ FLOAT }</code></> }
}

pub fn writing() -> Html {
    let line = |size: &str, family: &str, name: &str| {
        let (size, family) = (format!("var({size})"), format!("var({family})"));
        html! {
            <li>
                <svg aria-hidden="true"><text y="26" font-size={size} font-family={family} fill="var(--n9)">{ SAMPLE }</text></svg>
                <code>{ name }</code>
            </li>
        }
    };
    html! {
        <ul class="scale">
            { for SIZES.iter().map(|size| line(size, "--font", size)) }
            { for FAMILIES.iter().map(|family| line("--t15", family, family)) }
        </ul>
    }
}

pub fn space() -> Html {
    let bar = |name: &&str| {
        let width = format!("var({name})");
        html! {
            <li>
                <svg aria-hidden="true"><path d="M0 32h96" stroke="var(--accent)" stroke-width={width} /></svg>
                <code>{ *name }</code>
            </li>
        }
    };
    html! {
        <>
            <ul class="swatches tall">{ for SPACES.iter().map(bar) }</ul>
            <ul>{ for ELSEWHERE.iter().map(|(name, place)| html! { <li><code>{ *name }</code>{ format!(": {place}") }</li> }) }</ul>
        </>
    }
}

pub fn icons() -> Html {
    let icon = |icon: &Icon| html! { <li>{ icon.draw() }</li> };
    html! { <ul class="swatches">{ for Icon::ALL.iter().map(icon) }</ul> }
}

/// Every hue, with letters on it.
pub fn faces() -> Html {
    let face = |hue: u32| {
        let hue = format!("hue-{hue}");
        html! { <span class={classes!("avatar", hue)} aria-hidden="true">{ face::initials("Ada Bob") }</span> }
    };
    html! { <div class="choices">{ for (0..face::HUES).map(face) }</div> }
}

pub fn controls() -> Html {
    let words = ["Primary", "Plain", "Dangerous", "Quiet", "Not now"];
    let [primary, plain, danger, quiet, not_now] = words;
    let (field, choice, tick) = ("A field", "A choice", "A tick");
    html! {
        <>
            <div class="choices">
                <button type="button" class="primary">{ primary }</button>
                <button type="button">{ plain }</button>
                <button type="button" class="danger">{ danger }</button>
                <button type="button" class="quiet">{ quiet }</button>
                <button type="button" class="primary" disabled=true>{ not_now }</button>
            </div>
            <label class="field">{ field }<input value={SAMPLE} /></label>
            <label class="field">{ choice }<select>{ for words.iter().map(|word| html! { <option>{ *word }</option> }) }</select></label>
            <label class="tick"><input type="checkbox" checked=true /><span>{ tick }</span></label>
            <label class="tick"><input type="radio" name="sample" checked=true /><span>{ tick }</span></label>
        </>
    }
}
