//! A tab is known to live for exactly as long as it does.

use frontend::tab::{self, Tab};
use futures::FutureExt;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_tab_is_among_the_living_until_it_is_gone() {
    let tab = Tab::open().await;
    let name = tab.name().to_owned();
    assert!(tab::living().await.contains(&name));

    drop(tab);
    // The lock is free once it can be had again.
    let again = tab::acquire(&format!("edgewise-tab-{name}")).await;
    assert!(again.is_some());
    drop(again);
    let free = tab::acquire(&format!("edgewise-tab-{name}")).await;
    drop(free);
}

#[wasm_bindgen_test]
async fn two_tabs_have_two_names() {
    let (one, two) = (Tab::open().await, Tab::open().await);
    let living = tab::living().await;

    assert_ne!(one.name(), two.name());
    for tab in [&one, &two] {
        assert!(living.iter().any(|name| name == tab.name()));
    }
}

#[wasm_bindgen_test]
async fn a_lock_that_is_held_is_waited_for() {
    let held = tab::acquire("edgewise-test").await.expect("this browser has locks");
    let mut waiting = Box::pin(tab::acquire("edgewise-test"));
    assert!((&mut waiting).now_or_never().is_none());
    // A question to the lock manager stands behind the request, so its answer proves that the request was not granted.
    tab::living().await;
    assert!((&mut waiting).now_or_never().is_none());

    drop(held);

    assert!(waiting.await.is_some());
}
