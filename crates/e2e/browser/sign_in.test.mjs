// Signing in by way of a real provider, as a person would: from the page, there, and back into the room.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { Person, openBrowser } from "./stage/people.mjs";
import { Server, root } from "./stage/server.mjs";

let browser, provider, issuer;
before(async () => {
  browser = await openBrowser();
  const script = join(root, "crates/e2e/identity/provider.mjs");
  provider = spawn(join(root, "node_modules/.bin/node"), [script, "--while-stdin-open"], { stdio: ["pipe", "pipe", "inherit"] });
  const [line] = await once(createInterface({ input: provider.stdout }), "line");
  issuer = line.slice("ready ".length);
});
after(async () => {
  provider.stdin.end();
  await browser.close();
});

test("a guest signs in with the provider and stays in the room, under the name that it knows", { timeout: 120_000 }, async () => {
  const server = await Server.start({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: "edgewise", OIDC_CLIENT_SECRET: "a secret: with a colon" });
  try {
    const redirect_uri = `${server.url}/api/sign-in/callback`;
    assert.equal((await fetch(`${issuer}/client`, { method: "PUT", body: JSON.stringify({ redirect_uri }) })).status, 204);
    const guest = await Person.visit(browser, server);
    await guest.write("as a guest");
    await guest.seesSent(["as a guest"]);
    guest.assertNoErrors();

    await guest.page.getByRole("button", { name: `Sign in with ${new URL(issuer).host}` }).click();
    await guest.page.getByPlaceholder("Enter any login").fill("grace");
    await guest.page.getByPlaceholder("and password").fill("x");
    await guest.page.getByRole("button", { name: "Sign-in" }).click();
    await guest.page.getByRole("button", { name: "Continue" }).click();
    await guest.composer.waitFor();
    // The provider's own pages look for a typeface and an icon elsewhere.
    guest.errors.length = 0;

    // The same member: what they wrote as a guest is theirs, and nobody asks for a name any more.
    assert.equal(await guest.page.getByLabel("What should we call you?").count(), 0);
    await guest.write("as myself");
    await guest.seesSent(["as a guest", "as myself"]);
    guest.assertNoErrors();
    await guest.context.close();
  } finally {
    await server.stop();
  }
});
