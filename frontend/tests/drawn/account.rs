//! One's own account, in each state of leaving it.

use expect_test::expect;
use frontend::screens::{Account, Step};
use protocol::{Legacy, Member, MemberId};
use yew::{Callback, html};

use crate::drawing::draw;

fn account(step: Step) -> String {
    draw(html! { <Account name="Ada" {step} on_step={Callback::noop()} on_anew={Callback::noop()} /> })
}

#[test]
fn what_one_wrote_is_there_to_take_along_and_what_deleting_means_is_said_before_it_is_asked_for() {
    expect![[r#"
        <main class="nowhere account">
        <h1>Your account</h1>
        <p>You are Ada.</p>
        <h2>Download my data</h2>
        <p>Everything that you wrote, in every room, as lines of text in a zip file.</p>
        <p>
        <a href="/api/me/export" download="edgewise.zip">Download my data</a>
        </p>
        <h2>Delete my account</h2>
        <p>You are signed out everywhere and leave every room. A room that you alone own goes to somebody else, and one that nobody else is in ends. There is no way back.</p>
        <fieldset>
        <legend>What becomes of your messages</legend>
        <label class="choice">
        <input value="anonymised" checked type="radio" name="messages">They stay, without my name</label>
        <label class="choice">
        <input value="removed" type="radio" name="messages">They are deleted too</label>
        </fieldset>
        <p role="alert" class="trouble">
        </p>
        <button type="button">Delete my account</button>
        <p>
        <a href="/">Go to #lobby</a>
        </p>
        </main>
    "#]].assert_eq(&account(Step::Choosing(Legacy::Anonymised)));
}

#[test]
fn deleting_is_asked_about_once_more_in_words_that_fit_the_choice() {
    let (stay, go) = (account(Step::Asked(Legacy::Anonymised)), account(Step::Asked(Legacy::Removed)));
    assert!(stay.contains("Your messages stay, and nobody is shown as their author."), "{stay}");
    assert!(go.contains("all your messages and files are deleted."), "{go}");
    for asked in [stay, go] {
        assert!(asked.contains("Yes, delete my account") && asked.contains("Keep my account"), "{asked}");
        assert!(!asked.contains("radio"), "{asked}");
    }
}

#[test]
fn what_the_server_refuses_stands_beside_the_choice_which_is_kept() {
    let why = "Something went wrong on the server. Try again in a moment.";
    let refused = account(Step::Refused(Legacy::Removed, why.to_owned()));
    assert!(refused.contains(why), "{refused}");
    let chosen = refused.lines().find(|line| line.contains("checked")).unwrap_or_default();
    assert!(chosen.contains("removed"), "{refused}");
}

#[test]
fn whoever_is_gone_has_one_way_on() {
    expect![[r#"
        <main class="nowhere account">
        <h1>Your account is deleted</h1>
        <p role="status">The rooms that you were in are forgetting you. That may take a few minutes.</p>
        <button type="button">Start anew</button>
        </main>
    "#]]
    .assert_eq(&account(Step::Gone));
}

#[test]
fn whoever_deleted_their_account_is_shown_as_a_deleted_member() {
    let nobody = Member::departed(&MemberId::parse("deleted-7").expect("an id"));
    assert_eq!(frontend::face::called(&nobody.name), "Deleted member");
    assert_eq!(frontend::face::called("Ada"), "Ada");
}
