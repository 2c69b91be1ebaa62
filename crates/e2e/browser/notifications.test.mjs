// Notifications: what a push service brings while no page looks at the room, what a page tells that nobody looks at, and where they lead.
//
// `PushManager.subscribe` needs the browser vendor's own push service and is not run; what such a service would bring, DevTools delivers.

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, before, test } from "node:test";
import { Person, openBrowser } from "./stage/people.mjs";
import { Server } from "./stage/server.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const NUDGE = { room: "garden", title: "Garden", seq: 7, at: 1_795_000_000_000, by: "Bob", excerpt: "tea is <b>ready</b>" };

// Somebody who may be notified, whose page is kept by its service worker from here on.
async function visit(server, { permissions = ["notifications"] } = {}) {
  const person = await Person.visit(browser, server, { context: { permissions } });
  await person.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await person.page.reload();
  await person.composer.waitFor();
  return person;
}

// What the browser shows, once there are so many. It is not asked at every frame: asking has Chromium compare what it keeps with what it
// displays, and one that is on its way from the one to the other is then forgotten.
function shown(person, count) {
  return person.page.evaluate(async (count) => {
    const registration = await navigator.serviceWorker.ready;
    const notifications = async () => (await registration.getNotifications()).map(({ title, body, tag, data }) => ({ title, body, tag, data }));
    const deadline = Date.now() + 20_000;
    while ((await notifications()).length !== count) {
      if (Date.now() > deadline) throw new Error(`there are ${(await notifications()).length} notifications and not ${count}`);
      await new Promise((waited) => setTimeout(waited, 500));
    }
    return notifications();
  }, count);
}

async function deliver(person, nudge) {
  const devtools = await person.context.newCDPSession(person.page);
  const registered = new Promise((known) => {
    devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => registrations[0] && known(registrations[0].registrationId));
  });
  await devtools.send("ServiceWorker.enable");
  const registrationId = await registered;
  await devtools.send("ServiceWorker.deliverPushMessage", { origin: person.server.url, registrationId, data: JSON.stringify(nudge) });
  await devtools.detach();
}

// Says to the page that nobody looks at it: a headless browser shows every page.
function lookAway(person) {
  return person.page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
}

async function openNotifications(person) {
  await person.page.getByRole("button", { name: /settings/i }).first().click();
  return person.page.locator(".side-form", { has: person.page.getByRole("heading", { name: "Notifications" }) });
}

test("what a push service brings is shown as text, of each room the newest, and leads to its message in the page that is open", { timeout: 120_000 }, async () => {
  const server = await Server.start();
  try {
    const ada = await visit(server);
    await deliver(ada, { ...NUDGE, excerpt: "an older one", seq: 6 });
    await deliver(ada, NUDGE);
    await deliver(ada, { ...NUDGE, room: "direct", title: "Bob" });
    const notifications = await shown(ada, 2);
    assert.deepEqual(notifications.find((one) => one.tag === "garden"), {
      title: "Bob · Garden", body: "tea is <b>ready</b>", tag: "garden", data: "/r/garden/7",
    });
    assert.equal(notifications.find((one) => one.tag === "direct").title, "Bob");

    // The lobby is looked at: what is said there need not be told.
    await deliver(ada, { ...NUDGE, room: "lobby" });
    assert.equal((await shown(ada, 2)).length, 2);

    const [worker] = ada.context.serviceWorkers();
    await worker.evaluate(async () => {
      const [notification] = await self.registration.getNotifications({ tag: "garden" });
      self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
    });
    await ada.page.waitForURL(`${server.url}/r/garden/7`);
    assert.equal((await shown(ada, 1))[0].tag, "direct");
    await ada.context.close();
  } finally {
    await server.stop();
  }
});

test("a page that nobody looks at tells of a mention, unless its room is quiet or notifications are off", { timeout: 180_000 }, async () => {
  const server = await Server.start();
  try {
    const ada = await visit(server);
    await ada.rename("Ada");
    const bob = await Person.visit(browser, server);
    await bob.rename("Bob");
    await bob.seesInRoster("Ada");

    const notifications = await openNotifications(ada);
    await notifications.getByText("This server sends none to closed tabs.", { exact: false }).waitFor();
    await notifications.getByRole("button", { name: "Switch on in this browser" }).click();
    const lobby = notifications.getByRole("checkbox", { name: "Lobby" });
    await lobby.waitFor();
    assert.equal(await lobby.isChecked(), true);

    await bob.write("@Ada while you look");
    await ada.sees("@Ada while you look");
    await lookAway(ada);
    await bob.write("nobody is meant");
    await bob.write("@Ada tea is ready");
    const [notification] = await shown(ada, 1);
    assert.deepEqual({ title: notification.title, body: notification.body, tag: notification.tag }, {
      title: "Bob · Lobby", body: "@Ada tea is ready", tag: "lobby",
    });

    const hushed = ada.page.waitForResponse((answer) => answer.url().endsWith("/quiet") && answer.status() === 204);
    await lobby.click();
    await hushed;
    await ada.page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).forEach((one) => one.close()));
    await shown(ada, 0);
    const [worker] = ada.context.serviceWorkers();
    await worker.evaluate(() => {
      self.everShown = [];
      const show = self.registration.showNotification.bind(self.registration);
      self.registration.showNotification = (title, options) => (self.everShown.push(options.body), show(title, options));
    });
    await bob.write("@Ada quietly");
    await ada.sees("@Ada quietly");
    const unhushed = ada.page.waitForResponse((answer) => answer.url().endsWith("/quiet") && answer.status() === 204);
    await lobby.click();
    await unhushed;
    await bob.write("@Ada aloud");
    await shown(ada, 1);
    assert.deepEqual(await worker.evaluate(() => self.everShown), ["@Ada aloud"]);

    await notifications.getByRole("button", { name: "Switch off in this browser" }).click();
    await notifications.getByRole("button", { name: "Switch on in this browser" }).waitFor();
    ada.assertNoErrors();
    await Promise.all([ada.context.close(), bob.context.close()]);
  } finally {
    await server.stop();
  }
});

test("a browser that was told not to show any says what to do, and one that the server can reach is asked to subscribe", { timeout: 120_000 }, async () => {
  const { x, y, d } = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
  const server = await Server.start({ VAPID_KEY: [x, y, d].join(".") });
  try {
    const ada = await visit(server, { permissions: [] });
    await ada.page.evaluate(() => {
      // What a person answers, a headless browser cannot be asked.
      Object.defineProperty(Notification, "permission", { get: () => window.answered ?? "default" });
      Notification.requestPermission = async () => (window.answered = "denied");
    });
    const notifications = await openNotifications(ada);
    await notifications.getByText("or have no tab of this page open", { exact: false }).waitFor();
    await notifications.getByRole("button", { name: "Switch on in this browser" }).click();
    await notifications.getByText("Allow them in its settings for this site", { exact: false }).waitFor();
    ada.assertNoErrors();
    await ada.context.close();
  } finally {
    await server.stop();
  }
});
