// The words on the screen by their keys, from the same files that the app is built with.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./server.mjs";

const VARIABLE = /\{ (?:NUMBER\()?\$(\w+)\)? \}/g;

// Those of one line: what a number chooses between is none that a test asks for.
function messages(language) {
  const text = readFileSync(join(root, `frontend/words/${language}.ftl`), "utf8");
  return new Map([...text.matchAll(/^([a-z][\w-]*) = (\S.*)$/gm)].filter(([, , pattern]) => !pattern.includes("->")).map(([, key, pattern]) => [key, pattern]));
}

// A function from a key and its values to what the screen says.
export function wordsOf(language) {
  const all = messages(language);
  return (key, values = {}) => {
    const pattern = all.get(key);
    if (pattern === undefined) throw new Error(`${language}.ftl has no ${key} of one line`);
    return pattern.replace(VARIABLE, (_, name) => values[name] ?? "");
  };
}

// What in a page is English although the reader's language has other words for it.
export async function englishIn(page, language) {
  const others = messages(language);
  const foreign = [...messages("en")].filter(([key, pattern]) => others.get(key) !== pattern && !key.startsWith("problem-"));
  // What consists of values, with hardly a letter between them, would be found in everything.
  const telling = foreign.filter(([, pattern]) => !pattern.includes("{") || pattern.replace(VARIABLE, "").replace(/[^a-z]/gi, "").length > 5);
  const shapes = telling.map(([, pattern]) => pattern.split(VARIABLE).map((part, at) => (at % 2 ? ".+" : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))).join(""));
  return page.evaluate((shapes) => {
    const english = new RegExp(`^(?:${shapes.join("|")})$`);
    const said = [document.title];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) if (!texts.currentNode.parentElement.closest("script, style, .written, [lang]:not(html)")) said.push(texts.currentNode.data);
    for (const element of document.querySelectorAll("*"))
      for (const name of ["aria-label", "title", "placeholder", "alt"]) said.push(element.getAttribute(name) ?? "");
    return [...new Set(said.map((text) => text.trim()).filter((text) => english.test(text)))];
  }, shapes);
}
