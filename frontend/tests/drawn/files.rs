//! Files, natively: under messages, and in the tray of the next one.

use client::tray::{Stage, Tray};
use expect_test::expect;
use frontend::{
    completion::Suggest,
    components::{Composer, Files},
};
use protocol::{File, FileId, Slug};
use yew::{Callback, html};

use crate::drawing::draw;

fn lobby() -> Slug {
    Slug::parse("lobby").expect("a slug")
}

fn file(name: &str, media: &str, sides: Option<(u32, u32)>) -> File {
    File {
        file: FileId::parse("f1").expect("an id"),
        name: name.to_owned(),
        size: 1_234_567,
        media: media.to_owned(),
        width: sides.map(|(width, _)| width),
        height: sides.map(|(_, height)| height),
    }
}

fn files(file: File) -> String {
    draw(html! { <Files room={lobby()} files={vec![file]} /> })
}

fn composer(tray: Tray) -> String {
    draw(html! {
        <Composer
            room={lobby()}
            takes_files={true}
            {tray}
            hovered={false}
            on_wish={Callback::noop()}
            title="lobby"
            draft=""
            answered={None}
            on_intent={Callback::noop()}
            on_draft={Callback::noop()}
            suggest={Suggest::from(|_| Vec::new())}
            slow_ms={None::<u64>}
            on_step={Callback::noop()}
            on_edit_last={Callback::noop()}
        />
    })
}

#[test]
fn a_picture_has_its_place_before_it_is_there_and_everything_else_is_a_line() {
    expect![[r#"
        <ul class="files">
        <li>
        <a href="/api/rooms/lobby/files/f1" target="_blank" rel="noopener" class="picture">
        <img src="/api/rooms/lobby/files/f1" alt="cat.png" title="cat.png" loading="lazy" decoding="async" width="320" height="160">
        </a>
        </li>
        </ul>
    "#]]
    .assert_eq(&files(file("cat.png", "image/png", Some((1_600, 800)))));
    expect![[r#"
        <ul class="files">
        <li>
        <a href="/api/rooms/lobby/files/f1" target="_blank" rel="noopener" class="file">
        <svg/>
        <bdi>plan.pdf</bdi>
        <small>1.2 MB</small>
        </a>
        </li>
        </ul>
    "#]]
    .assert_eq(&files(file("plan.pdf", "application/pdf", None)));
}

#[test]
fn a_picture_is_never_drawn_larger_than_it_is_nor_thinner_than_a_line() {
    let sides = |sides| {
        let drawn = files(file("cat.png", "image/png", Some(sides)));
        let at = drawn.find("width=").expect("a width");
        drawn[at..drawn[at..].find('>').expect("an end") + at].trim_end_matches('/').to_owned()
    };
    assert_eq!(sides((16, 12)), "width=\"16\" height=\"12\"");
    assert_eq!(sides((12_000, 1)), "width=\"320\" height=\"1\"");
    assert_eq!(sides((0, 0)), "width=\"1\" height=\"1\"");
}

#[test]
fn a_files_name_is_text_whatever_stands_in_it() {
    let drawn = files(file("<img src=x onerror=alert(1)>.txt", "text/plain", None));
    assert!(drawn.contains("<bdi>&lt;img src=x onerror=alert(1)&gt;.txt</bdi>"), "{drawn}");
}

#[test]
fn the_tray_says_of_each_file_how_far_it_is_and_how_to_take_it_out() {
    let mut tray = Tray::restore(vec![file("cat.png", "image/png", None)]);
    let going = tray.put("plan.pdf".to_owned(), 400, 1_000).expect("it fits");
    tray.note(going, Stage::Going { sent: 100 });
    let failed = tray.put("lost.txt".to_owned(), 4, 1_000).expect("it fits");
    tray.note(failed, Stage::Failed("Edgewise cannot be reached.".to_owned()));
    let drawn = composer(tray);
    let (from, to) = (drawn.find("<ul").expect("a tray"), drawn.find("</ul>").expect("its end"));
    expect![[r#"
        <ul aria-label="Files of this message" class="tray">
        <li class="there">
        <img src="/api/rooms/lobby/files/f1" alt="" width="32" height="32">
        <div class="what">
        <bdi>cat.png</bdi>
        <small>1.2 MB</small>
        </div>
        <button type="button" aria-label="Take cat.png out" title="Take it out" class="out">
        <svg/>
        </button>
        </li>
        <li class="going">
        <svg/>
        <div class="what">
        <bdi>plan.pdf</bdi>
        <progress max="400" aria-label="plan.pdf is on its way" value="100">
        </progress>
        </div>
        <button type="button" aria-label="Take plan.pdf out" title="Take it out" class="out">
        <svg/>
        </button>
        </li>
        <li class="failed">
        <svg/>
        <div class="what">
        <bdi>lost.txt</bdi>
        <small role="alert">Edgewise cannot be reached.</small>
        </div>
        <button type="button" class="again">Try again</button>
        <button type="button" aria-label="Take lost.txt out" title="Take it out" class="out">
        <svg/>
        </button>
        </li>
    "#]]
    .assert_eq(&drawn[from..to]);
    assert!(drawn.contains("disabled"), "{drawn}");
}
