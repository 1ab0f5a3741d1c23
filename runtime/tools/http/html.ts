const HIDDEN = new Set(["script", "style", "noscript", "template", "svg", "head", "iframe", "object"]);
const BLOCK = new Set([
  "address",
  "article",
  "aside",
  "blockquote",
  "br",
  "div",
  "dl",
  "dt",
  "dd",
  "fieldset",
  "figure",
  "footer",
  "form",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "header",
  "hr",
  "li",
  "main",
  "nav",
  "ol",
  "p",
  "pre",
  "section",
  "table",
  "tr",
  "ul",
  "title",
]);
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  hellip: "…",
  ndash: "–",
  mdash: "—",
};
const TAG = /^<(\/?)([a-z][a-z0-9-]*)/;
const LONGEST_TAG = 80;

/**
 * What a reader sees of a page, roughly: text with line breaks between blocks, without scripts, styles and comments.
 * One pass; for reading only, nothing is decided by it.
 */
export function readableText(html: string): string {
  const lower = html.toLowerCase();
  const out: string[] = [];
  for (let at = 0; at < html.length;) {
    const open = html.indexOf("<", at);
    out.push(decoded(html.slice(at, open < 0 ? html.length : open)));
    if (open < 0) break;
    const [, slash = "", name] = TAG.exec(lower.slice(open, open + LONGEST_TAG)) ?? [];
    if (name === undefined && !/^<[!/?]/.test(html.slice(open, open + 2))) {
      // A lone `<` is text.
      out.push("<");
      at = open + 1;
    } else {
      if (name !== undefined && BLOCK.has(name)) out.push("\n");
      at = name !== undefined && slash === "" && HIDDEN.has(name) ? endOf(lower, `</${name}`, open) : endOfTag(html, open);
    }
  }
  return tidy(out.join(""));
}

/** Without an end, what is hidden goes on to the end of the page. */
function endOf(lower: string, closing: string, open: number): number {
  const at = lower.indexOf(closing, open);
  return at < 0 ? lower.length : endOfTag(lower, at);
}

function endOfTag(html: string, open: number): number {
  if (html.startsWith("<!--", open)) {
    const end = html.indexOf("-->", open + 4);
    return end < 0 ? html.length : end + 3;
  }
  const end = html.indexOf(">", open);
  return end < 0 ? html.length : end + 1;
}

function decoded(text: string): string {
  return text.replace(/\s+/g, " ").replace(/&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-z]{2,6});/g, (whole, name: string) => {
    if (!name.startsWith("#")) return ENTITIES[name] ?? whole;
    const code = name[1] === "x" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
}

function tidy(text: string): string {
  const lines = text.split("\n").map((line) => line.replaceAll(/ {2,}/g, " ").trim());
  return lines
    .filter((line, i) => line !== "" || (i > 0 && lines[i - 1] !== ""))
    .join("\n")
    .trim();
}
