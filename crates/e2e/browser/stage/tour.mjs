// A tour of every screen, in any language and on any window: two people in a room of their own, and `look` at each stop.
//
// Not here: what is looked for. Invariant: things are found by the words of `frontend/words`, so that a stop that a language does not
// name is one that a reader of it would not find either.

import { Person } from "./people.mjs";
import { wordsOf } from "./words.mjs";

const TITLE = "Garden plans";
const MARKED = "**hello** `code` and a [link](https://example.com)\n\n> a quote\n\n```rust\nlet a = 1;\n```";

export class Tour {
  static async begin(browser, server, { context, script, language = "en", look }) {
    const tour = new Tour();
    Object.assign(tour, { server, look, say: wordsOf(language), room: `${server.url}/r/garden-plans` });
    const visit = () => Person.visit(browser, server, { context, script, composer: tour.say("message-room") });
    [tour.ada, tour.bob] = [await visit(), await visit()];
    return tour;
  }

  async everywhere() {
    await this.arrival();
    await this.writing();
    await this.messages();
    await this.finding();
    await this.care();
    await this.oneself();
    await this.trouble();
    await this.elsewhere();
  }

  // A first visit, a name, the directory, a new room.
  async arrival() {
    const { ada, bob, say } = this;
    await this.look(ada, "a first visit");
    for (const [person, name] of [[ada, "Ada"], [bob, "Bob"]]) {
      await person.page.getByLabel(say("what-to-call-you")).fill(name);
      await this.press(person, "use-this-name");
      await person.page.getByLabel(say("what-to-call-you")).waitFor({ state: "detached" });
    }
    await ada.page.goto(`${this.server.url}/rooms`);
    await ada.page.getByRole("heading", { name: say("all-rooms") }).waitFor();
    await this.look(ada, "the directory");
    await ada.page.getByRole("searchbox").fill("no such room");
    await ada.page.getByText(say("no-room-found")).waitFor();
    await this.look(ada, "the directory without a room");
    await ada.page.getByLabel(say("room-name"), { exact: true }).fill(TITLE);
    await this.press(ada, "make-the-room");
    await ada.page.getByText(say("nobody-wrote")).waitFor();
    await this.look(ada, "an empty room");
    await bob.page.goto(this.room);
    await bob.composer.waitFor();
  }

  // The composer in its states.
  async writing() {
    const { ada, say } = this;
    await ada.composer.pressSequentially("**strong** :tad");
    await ada.page.getByRole("listbox", { name: say("suggestions") }).waitFor();
    await this.look(ada, "suggestions and a preview");
    await ada.page.keyboard.press("Escape");
    await ada.composer.fill("x".repeat(4_001));
    await ada.page.getByText(say("characters-too-many", { count: 1 })).waitFor();
    await this.look(ada, "a text that is too long");
    await ada.write(MARKED);
    await ada.page.locator("article.row[data-state=sent]").waitFor();
    await this.look(ada, "a message");
    await ada.page.keyboard.press("ArrowUp");
    await ada.page.getByLabel(say("change-your-message")).waitFor();
    await this.look(ada, "a message that is changed");
    await ada.page.keyboard.press("Escape");
  }

  // What is done with a message.
  async messages() {
    const { ada, bob, say } = this;
    await bob.page.locator("article.row").focus();
    await this.look(bob, "the actions of a message");
    await this.press(bob, "react");
    await this.look(bob, "choosing a reaction");
    await bob.page.locator(".actions .emoji").first().click();
    await ada.page.locator(".chip").waitFor();
    await this.look(ada, "a reaction");
    await bob.page.locator("article.row").focus();
    await this.press(bob, "reply");
    await bob.page.getByText(say("answering")).first().waitFor();
    await this.look(bob, "answering");
    await bob.page.keyboard.press("Escape");
    await ada.page.locator("article.row").focus();
    await this.press(ada, "delete");
    await ada.page.getByText(say("delete-for-everybody")).waitFor();
    await this.look(ada, "a deletion that is asked about");
    await this.press(ada, "keep");
    await ada.page.locator("article.row").focus();
    await this.press(ada, "pin-to-room");
  }

  // Search and pins.
  async finding() {
    const { ada, say } = this;
    await this.press(ada, "search-this-room");
    await ada.page.getByLabel(say("search-words"), { exact: true }).fill("hello");
    await ada.page.locator(".hits mark").waitFor();
    await this.look(ada, "what was found");
    await ada.page.getByLabel(say("search-words"), { exact: true }).fill("nobody wrote this");
    await ada.page.getByText(say("nothing-found")).waitFor();
    await this.look(ada, "nothing was found");
    await this.close(ada);
    await ada.page.getByRole("button", { name: say("label-count", { label: say("pinned-messages"), count: 1 }) }).click();
    await ada.page.locator(".hits li").waitFor();
    await this.look(ada, "pins");
    await this.close(ada);
  }

  // What an owner does for a room.
  async care() {
    const { ada, bob, say } = this;
    await this.deed("mute", "a member who is muted");
    await bob.write("may I?");
    await bob.page.locator("article.row.failed").waitFor();
    await this.look(bob, "a message that was not sent");
    await this.open(ada, "invite-people");
    await this.look(ada, "inviting");
    await this.press(ada, "make-a-link");
    await ada.page.getByLabel(say("send-this-link")).waitFor();
    await this.look(ada, "an invitation");
    await this.close(ada);
    await this.open(ada, "room-settings");
    await this.press(ada, "save");
    await ada.page.getByText(say("nothing-changed")).waitFor();
    await this.press(ada, "delete-room");
    await this.look(ada, "the settings, and a room's end that is asked about");
    await this.close(ada);
    await this.open(ada, "moderation-log");
    await ada.page.locator(".log li").first().waitFor();
    await this.look(ada, "the moderation log");
    await this.close(ada);
    await this.deed("keep-out", "a member who is kept out");
    await bob.page.getByText(say("ended-not-allowed")).first().waitFor();
    await this.look(bob, "whoever is kept out");
  }

  // Something is done about Bob.
  async deed(key, where) {
    const { ada, say } = this;
    await this.open(ada, "members");
    await ada.page.getByRole("button", { name: say("what-to-do-about", { press: say("change"), name: "Bob" }) }).click();
    await this.look(ada, `what can be done (${key})`);
    await this.press(ada, key);
    await ada.page.getByLabel(say("why-in-log")).fill("too loud");
    await this.look(ada, `what is asked (${key})`);
    await ada.page.locator("form.asking").getByRole("button", { name: say(key), exact: true }).click();
    await ada.page.getByText(say(key === "mute" ? "muted-until" : "kept-out-until")).first().waitFor();
    await this.look(ada, where);
    await this.close(ada);
  }

  // One's own settings, and the keys.
  async oneself() {
    const { ada, say } = this;
    await this.toRooms(ada);
    await this.look(ada, "the rooms");
    await this.press(ada, "your-settings", { name: "Ada" });
    await ada.page.getByLabel(say("program-name")).fill("weather");
    await this.press(ada, "make-a-token");
    await ada.page.getByLabel(say("token-once")).waitFor();
    await this.press(ada, "take-back-what", { name: "weather" });
    await this.press(ada, "sign-out-here");
    await this.look(ada, "one's own settings, all asked");
    await this.press(ada, "leave-no");
    await this.close(ada);
    await ada.page.evaluate(() => document.activeElement?.blur());
    await ada.page.keyboard.press("?");
    await ada.page.getByRole("heading", { name: say("keys"), exact: true }).waitFor();
    await this.look(ada, "the keys");
    await this.close(ada);
  }

  // No network.
  async trouble() {
    const { ada, say } = this;
    ada.serverMayBeDown = true;
    await ada.context.setOffline(true);
    await ada.page.getByText(say("you-are-offline")).waitFor();
    await ada.write("later");
    await ada.page.locator("article.row.waiting").waitFor();
    await this.look(ada, "offline, with a message that waits");
    await ada.context.setOffline(false);
    await ada.page.locator("article.row[data-state=sent]", { hasText: "later" }).waitFor();
  }

  // Addresses of their own.
  async elsewhere() {
    const { ada, say } = this;
    await ada.page.goto(`${this.server.url}/account`);
    await ada.page.getByRole("heading", { name: say("account") }).waitFor();
    await this.look(ada, "the account");
    await this.press(ada, "delete-account");
    await this.look(ada, "an account's end that is asked about");
    await ada.page.goto(`${this.server.url}/no/such/thing`);
    await ada.page.getByRole("heading", { name: say("nothing-here") }).waitFor();
    await this.look(ada, "nowhere");
  }

  async end() {
    for (const person of [this.ada, this.bob]) {
      person.assertNoErrors();
      await person.context.close();
    }
  }

  press(person, key, values) {
    return person.page.getByRole("button", { name: this.say(key, values), exact: true }).click();
  }

  // Who is in the room, and what can be done for it: on a small window behind a button.
  async open(person, key) {
    const toPeople = person.page.locator(".to-people");
    if (await toPeople.isVisible()) await toPeople.click();
    await person.page.locator(".care").getByRole("button", { name: this.say(key), exact: true }).click();
    await person.page.getByRole("heading", { name: this.say(key), exact: true }).waitFor();
  }

  async toRooms({ page }) {
    const toRooms = page.locator(".to-rooms");
    if (await toRooms.isVisible()) await toRooms.click();
  }

  close({ page }) {
    return page.locator(".side-head button").click();
  }
}
