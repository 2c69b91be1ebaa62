// What axe finds on a page: the rules of WCAG 2.2 AA as a program, and what its makers hold good beside them.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// Run by the DevTools protocol, which the page's policy does not bind.
export async function violations(person) {
  // A menu that is just opening is half transparent: what is measured is where it comes to rest.
  await person.page.evaluate(() => Promise.all(document.getAnimations().map((moving) => moving.finished.catch(() => {}))));
  await person.page.evaluate(AXE);
  const { violations } = await person.page.evaluate((tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags } }), RULES);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} (${node.any.map((one) => one.message).join("; ")})`));
}
