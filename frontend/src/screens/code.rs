//! A link as a QR code: one path of an SVG, so that a phone beside the screen can follow it.
//!
//! Not here: how a text becomes modules; a library does that. Invariant: dark on light with the quiet zone around it, in every
//! theme, since scanners want it so.

use qrcodegen::{QrCode, QrCodeEcc};
use yew::{Html, html};

use crate::words;

/// Light modules around the code: what the standard asks for.
const QUIET: i32 = 4;

/// The modules of a link, or none where it is too long for any code.
#[must_use]
pub fn modules(link: &str) -> Option<QrCode> {
    QrCode::encode_text(link, QrCodeEcc::Medium).ok()
}

/// Draws the link, or nothing.
pub fn draw(link: &str) -> Html {
    let Some(code) = modules(link) else { return Html::default() };
    let side = code.size().saturating_add(QUIET * 2);
    html! {
        <svg class="code" viewBox={format!("0 0 {side} {side}")} role="img" aria-label={words::link_as_code()} shape-rendering="crispEdges">
            <path d={path(&code)} />
        </svg>
    }
}

/// Each run of dark modules in a row is a rectangle.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            let run = i32::try_from(run).unwrap_or_default();
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += run.max(1);
        }
    }
    path
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn a_reader_of_codes_reads_the_link() {
        let link =
            "https://chat.example/invite/abcdefghijklmnopqrstuvwxyz234567abcd.0123456789abcdef0123456789";
        let code = modules(link).expect("it fits");
        let size = usize::try_from(code.size()).expect("a size");
        let dark = |x: usize, y: usize| {
            code.get_module(i32::try_from(x).expect("small"), i32::try_from(y).expect("small"))
        };
        let grid = rqrr::Grid::new(rqrr::SimpleGrid::from_func(size, dark));
        assert_eq!(grid.decode().expect("it can be read").1, link);
    }

    #[test]
    fn the_path_covers_each_dark_module_once() {
        let code = modules("https://chat.example/").expect("it fits");
        let dark = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        let dark = dark.filter(|(x, y)| code.get_module(*x, *y)).count();
        let runs = path(&code);
        let covered = runs
            .split('h')
            .skip(1)
            .filter_map(|part| part.split_once('v'))
            .filter_map(|(run, _)| run.parse().ok());
        assert_eq!(covered.filter(|run: &i32| *run > 0).map(|run| run as usize).sum::<usize>(), dark);
    }
}
