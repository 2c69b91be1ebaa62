// The language of the page, chosen before there is a program: what the reader set, else the first of the browser's languages that
// there are words in, else English.
//
// The build fills in WORDS (each other language's file) and PAGE_WORDS (the line of each of the page's own sentences). The
// invariant: whoever gets no words gets English, whole.

const ENGLISH = "en";

// Says where the words of this page came from, for the service worker to keep them.
export let address;

// Gives the words to the program as a text, under this name.
const HANDED_OVER = "edgewiseWords";

export async function speak() {
  const language = wanted();
  document.documentElement.lang = withRegion(language);
  if (language === ENGLISH) return;
  try {
    const answer = await fetch(WORDS[language]);
    if (!answer.ok) throw new Error(`the words of ${language}: ${answer.status}`);
    window[HANDED_OVER] = await answer.text();
    address = WORDS[language];
    fillPage(window[HANDED_OVER].split("\n"));
  } catch (error) {
    console.warn(error);
    document.documentElement.lang = withRegion(ENGLISH);
  }
}

function wanted() {
  const known = (language) => language === ENGLISH || language in WORDS;
  return [set(), ...navigator.languages.map(bare)].find(known) ?? ENGLISH;
}

// What the reader set; a browser that keeps nothing for us has nothing set.
function set() {
  try {
    return JSON.parse(localStorage.getItem("edgewise.language"));
  } catch {
    return undefined;
  }
}

const bare = (tag) => tag.split("-")[0].toLowerCase();

// Dates and numbers are written as in the reader's own region, where the browser says one.
function withRegion(language) {
  return navigator.languages.find((tag) => bare(tag) === language) ?? (language === ENGLISH ? "en-GB" : language);
}

function fillPage(lines) {
  for (const element of document.querySelectorAll("[data-words]")) {
    const words = lines[PAGE_WORDS[element.dataset.words]];
    if (element.hasAttribute("aria-label")) element.setAttribute("aria-label", words);
    else element.textContent = words;
  }
}
