/** A piece of text that has the form of a credential. Never holds the text itself. */
export interface Planted {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  readonly length: number;
  /** What it looks like: "a GitHub token". */
  readonly what: string;
}

/** What is certain by its first characters. Every pattern runs in linear time: bounded or one character class. */
const FORMS: readonly (readonly [string, RegExp])[] = [
  ["an age private key", /AGE-SECRET-KEY-(?:PQ-)?1[02-9AC-HJ-NP-Z]{50,}/g],
  ["a private key", /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g],
  ["an AWS access key", /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g],
  ["an Anthropic key", /\bsk-ant-[A-Za-z0-9_-]{20,}/g],
  ["an OpenAI key", /\bsk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20,}|\bsk-[A-Za-z0-9]{40,}\b/g],
  ["an OpenRouter key", /\bsk-or-v1-[0-9a-f]{40,}\b/g],
  ["a GitHub token", /\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9_]{40,}\b/g],
  ["a GitLab token", /\bgl(?:pat|rt|dt|ft)-[A-Za-z0-9_-]{20,}/g],
  ["a Slack token", /\bxox[abeoprs]-[A-Za-z0-9-]{20,}|\bxapp-[0-9]-[A-Za-z0-9-]{20,}/g],
  ["a Slack webhook", /\bhooks\.slack\.com\/services\/T[A-Z0-9]{6,}\/B[A-Z0-9]{6,}\/[A-Za-z0-9]{16,}/g],
  ["a Discord token", /\b[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}\b/g],
  ["a Telegram bot token", /(?<![\w-])[0-9]{8,10}:[A-Za-z0-9_-]{35}(?![\w-])/g],
  ["a Stripe key", /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}\b|\bwhsec_[A-Za-z0-9]{24,}/g],
  ["a Google key", /\bAIza[A-Za-z0-9_-]{35}(?![\w-])|\bya29\.[A-Za-z0-9_-]{30,}|\bGOCSPX-[A-Za-z0-9_-]{20,}/g],
  ["an npm token", /\bnpm_[A-Za-z0-9]{36}\b/g],
  ["a PyPI token", /\bpypi-AgE[A-Za-z0-9_-]{40,}/g],
  ["a Hugging Face token", /\bhf_[A-Za-z0-9]{30,}\b/g],
  ["a provider key", /\b(?:gsk|xai|pplx|nvapi|r8|tgp_v1|fw|csk)[_-][A-Za-z0-9_-]{32,}/g],
  ["a SendGrid key", /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}\b/g],
  ["a DigitalOcean token", /\bdo[opr]_v1_[0-9a-f]{64}\b/g],
  ["a Vault token", /\bhv[sbr]\.[A-Za-z0-9_-]{24,}/g],
  ["a JSON web token", /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}/g],
  ["an Azure storage key", /\bAccountKey=[A-Za-z0-9+/]{80,}={0,2}/g],
  ["a password in an address", /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'`<>{}$*]{1,64}:[^\s:/@"'`<>{}$*]{6,128}@[A-Za-z0-9[]/g],
];

/** A name that says what is assigned, and the word assigned to it. */
const ASSIGNED =
  /(?:pass(?:word|wd|phrase)|secret|token|api[-_ ]?key|access[-_ ]?key|private[-_ ]?key|credentials?|bearer|auth(?:orization)?)["'`]?\s{0,4}(?:[:=]|=>|\bis\b|\s)\s{0,4}(?:bearer\s|basic\s)?["'`]?([A-Za-z0-9+/_=.~!@#%^&*-]{12,512})/gi;
/** A word that stands for itself. */
const WORD = /(?<![A-Za-z0-9+/=_.:@-])[A-Za-z0-9+/_-]{32,512}={0,2}(?![A-Za-z0-9+/=_.@-])/g;
/** What says that the random-looking word behind it is public. */
const PUBLIC_BEFORE =
  /(?:sha(?:1|224|256|384|512)[-:]|age1|ssh-(?:rsa|ed25519|dss)\s|ecdsa-sha2-\S{1,32}\s|(?:public|pub)[-_ ]?key|fingerprint|digest|integrity|checksum|hash|signature|sig|certificate|cert|rawbytes|payload|envelope|nonce|etag|commit|revision|keyid|logid|hint|timestamp|body|recipient)["'`]?\s{0,4}[:=]?\s{0,4}["'`]?$/i;
/** What stands before the root hash and the signature of a log's checkpoint, as JSON quotes it. Source: C2SP tlog-checkpoint, signed-note. */
const CHECKPOINT_BEFORE = /\\n\d{1,20}\\n?$|(?:\u2014|\\u2014) \S{1,48} $/;
/** The inclusion proof of a log entry. */
const HASHES = /"hashes"\s{0,8}:\s{0,8}\[[^\]]{0,8000}\]/g;
const SHA256_BASE64 = /[A-Za-z0-9+/]{43}=/g;
const ALLOWED = /\bnot-a-secret\b/;
/** A line of base64 as files are wrapped: part of a certificate, an envelope, an image. */
const WRAPPED = /^\s*[A-Za-z0-9+/]{60,76}={0,2}\s*$/;
const MAX_LINE = 20_000;
/** Nothing shorter has any of these forms; the shortest is `ab://c:123456@d`. */
const MIN_LINE = 15;

/**
 * Text that looks like a credential: by a known form, by being assigned to a name such as `password`, or by
 * being a long random-looking word. Each place once, in the order of the text. A line that holds the words
 * `not-a-secret`, or stands below one that does, is passed over. Pure.
 */
export function plantedIn(text: string): readonly Planted[] {
  const lines = withoutBlocks(withoutHashes(text).split("\n"));
  return lines.flatMap((line, i) =>
    line.length < MIN_LINE || ALLOWED.test(line) || ALLOWED.test(lines[i - 1] ?? "") ? [] : plantedInLine(line, i + 1),
  );
}

function withoutHashes(text: string): string {
  return text.replace(HASHES, (list) => list.replace(SHA256_BASE64, (hash) => " ".repeat(hash.length)));
}

const BLOCK_BEGINS = /-----BEGIN (?!(?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY)[A-Z0-9 ]{1,64}-----/;
const BLOCK_ENDS = /-----END [A-Z0-9 ]{1,64}-----/;
const MAX_BLOCK_LINES = 40_000;

/** The lines with what stands between the marks of certificates and envelopes left out: public, and random by nature. */
function withoutBlocks(lines: readonly string[]): readonly string[] {
  let inside = 0;
  return lines.map((line) => {
    const begins = BLOCK_BEGINS.exec(line);
    const ends = BLOCK_ENDS.exec(line);
    if (begins && ends && ends.index > begins.index) return line.slice(0, begins.index);
    if (begins) inside = MAX_BLOCK_LINES;
    if (inside === 0) return line;
    inside = ends ? 0 : inside - 1;
    return begins ? line.slice(0, begins.index) : "";
  });
}

function plantedInLine(whole: string, line: number): readonly Planted[] {
  const text = whole.slice(0, MAX_LINE);
  const found: Planted[] = [];
  const note = (at: number, length: number, what: string): void => {
    const isNew = found.every((each) => at >= each.column - 1 + each.length || at + length <= each.column - 1);
    if (isNew) found.push({ line, column: at + 1, length, what });
  };
  for (const [what, form] of FORMS)
    for (const match of text.matchAll(form)) if (!isPlaceholder(match[0])) note(match.index, match[0].length, what);
  for (const match of text.matchAll(ASSIGNED)) {
    const word = match[1] ?? "";
    const at = match.index + match[0].length - word.length;
    if (looksAssigned(word)) note(at, word.length, "a credential");
  }
  if (!WRAPPED.test(text))
    for (const match of text.matchAll(WORD)) {
      const before = text.slice(Math.max(0, match.index - 64), match.index);
      if (!PUBLIC_BEFORE.test(before) && !CHECKPOINT_BEFORE.test(before) && looksRandom(match[0]))
        note(match.index, match[0].length, "a random-looking word");
    }
  return found.sort((a, b) => a.column - b.column);
}

/** `sk-ant-xxxxxxxx...`, `ghp_000000...`: nothing that anybody could use. */
function isPlaceholder(text: string): boolean {
  const body = text.slice(4);
  return new Set(body).size < 8 || /x{8}|\*{4}|0{12}|your[-_]|<|\.{3}|redacted|placeholder|change[-_]?me/i.test(body);
}

const MIN_ASSIGNED_BITS = 3.3;

/** Letters and digits in no order that a word of a language or a program has. */
function looksAssigned(word: string): boolean {
  const trimmed = word.replace(/[.,;:]+$/, "");
  if (!/[0-9]/.test(trimmed) || !/[A-Za-z]/.test(trimmed) || isPlaceholder(`....${trimmed}`)) return false;
  if (/^(?:age1|sha\d|ssh-|https?:|\d{4}-\d\d-\d\d)/.test(trimmed) || (trimmed.match(/[/.]/g)?.length ?? 0) > 3) return false;
  if (bitsPerCharacter(trimmed) < MIN_ASSIGNED_BITS) return false;
  return /^[0-9a-f]{32,}$/i.test(trimmed) || mixture(trimmed) >= 0.25;
}

const MIN_RANDOM_BITS = 4.3;
const MIN_MIXTURE = 0.4;

/** At least as mixed as random text is; names of programs change between cases seldom, digests have no capitals. */
function looksRandom(word: string): boolean {
  if (!/[a-z]/.test(word) || !/[A-Z]/.test(word) || (word.match(/[0-9]/g)?.length ?? 0) < 3) return false;
  if ((word.match(/[/]/g)?.length ?? 0) > 2 || (word.match(/[-_]/g)?.length ?? 0) > 4) return false;
  return bitsPerCharacter(word) >= MIN_RANDOM_BITS && mixture(word) >= MIN_MIXTURE;
}

/** Shannon's entropy of the characters. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}

/** How often neighbours are of different classes: small letter, capital, digit, other. About 0.6 in random text. */
function mixture(text: string): number {
  const classes = Array.from(text, (c) => (/[a-z]/.test(c) ? 0 : /[A-Z]/.test(c) ? 1 : /[0-9]/.test(c) ? 2 : 3));
  return classes.filter((each, i) => i > 0 && each !== classes[i - 1]).length / Math.max(1, text.length - 1);
}
