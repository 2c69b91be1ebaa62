// What a page becomes while it shows what somebody wrote: which elements and attributes stand in it, and what of it could ever run.
//
// The invariant: the lists below are all that a text may become; whatever else appears is written down, even if it is gone at once.

// What the app itself draws.
const OF_THE_PAGE =
  "html head meta title link script body div aside main header footer nav section article form h1 h2 h3 p span b i s small bdi time a button label input textarea select option fieldset legend " +
  "ul ol li dl dt dd svg path circle rect img br em strong code pre blockquote hr noscript mark progress details summary output";
// What a text may become.
const OF_A_TEXT = { p: ["class"], br: [], em: [], strong: [], s: [], code: [], pre: ["tabindex", "data-info"], blockquote: [], ul: ["class"], ol: ["class", "start"], li: [], hr: [], a: ["href", "title", "target", "rel"] };
// Where a link may lead; `blob:` and `data:` are no addresses of this app.
const LEADS_TO = "^(https?:|mailto:|/)";

// From its next load on. `window.strange` has what should not be there, `window.written` each message that was drawn, by its seq.
export async function watched(person) {
  await person.page.addInitScript(watch, { ofThePage: OF_THE_PAGE.split(" "), ofAText: OF_A_TEXT, leadsTo: LEADS_TO });
  person.dialogs = [];
  person.page.on("dialog", (dialog) => {
    person.dialogs.push(dialog.message());
    dialog.dismiss();
  });
  person.context.on("page", (page) => person.dialogs.push(`a window with ${page.url()}`));
}

// Everything that was written down until now.
export async function strange(person) {
  return [...person.dialogs, ...(await person.page.evaluate(() => [...window.strange]))];
}

// In the page.
function watch({ ofThePage, ofAText, leadsTo }) {
  window.strange = new Set();
  window.written = new Map();
  const foreign = ofThePage.map((name) => `:not(${name})`).join("");
  const leads = new RegExp(leadsTo, "i");
  const note = (what, element) => window.strange.add(`${what}: ${element.outerHTML.slice(0, 200)}`);

  const check = (element) => {
    const allowed = ofAText[element.localName];
    if (!allowed) return note("an element", element);
    for (const { name } of element.attributes) if (!allowed.includes(name)) note(`the attribute ${name}`, element);
  };
  const look = () => {
    for (const element of document.querySelectorAll(foreign)) note("an element", element);
    for (const script of document.querySelectorAll("script")) if (new URL(script.src).origin !== location.origin) note("a script", script);
    for (const row of document.querySelectorAll("article.row[data-seq]")) {
      const text = row.querySelector(".written");
      const known = window.written.get(row.dataset.seq);
      if (!text || known?.text === text.textContent) continue;
      for (const element of text.querySelectorAll("*")) check(element);
      for (const element of row.querySelectorAll("*")) {
        for (const { name } of element.attributes) if (name.startsWith("on") || name === "style") note(`the attribute ${name}`, element);
      }
      for (const link of row.querySelectorAll("[href], [src]")) {
        if (!leads.test(link.getAttribute("href") ?? link.getAttribute("src"))) note("a link", link);
      }
      const aside = [...text.querySelectorAll("[title], [href], [data-info]")].flatMap((one) => [one.title, one.getAttribute("href"), one.dataset.info]);
      window.written.set(row.dataset.seq, { text: text.textContent, aside: aside.join(" "), name: row.querySelector(".name")?.textContent });
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
}
