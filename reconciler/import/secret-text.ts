/**
 * What in a foreign configuration is a secret: by the name of its field, or by its look. Unlike messages,
 * which rather hide too much, this must not be too eager: a harmless setting that is taken for a secret
 * does not reach the result until a person enters it again.
 */
const KNOWN_FORMS =
  /\b(?:sk|pk|rk)[-_](?:[a-z]+[-_])*[A-Za-z0-9_-]{12,}|\bxox[a-z]-[A-Za-z0-9-]{6,}|\bxapp-[A-Za-z0-9-]{6,}|\bgh[oprsu]_[A-Za-z0-9]{16,}|\bgithub_pat_\w{16,}|\bglpat-[\w-]{12,}|\bA(?:KIA|SIA)[A-Z0-9]{12,}|\bAIza[\w-]{12,}|\bhf_[A-Za-z0-9]{16,}|\bgsk_[A-Za-z0-9]{16,}|\bnvapi-[\w-]{16,}|\btvly-[\w-]{12,}|\bBSA[A-Za-z0-9]{20,}|AGE-SECRET-KEY-[A-Z0-9-]+|-----BEGIN [A-Z ]*PRIVATE KEY|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|\b\d{6,12}:[\w-]{20,}/;

/** `https://user:password@host`, and credentials in a query. */
const IN_ADDRESS = /:\/\/[^\s/:@]+:[^\s/@]+@|[?&](?:api[-_]?key|access[-_]?token|auth|key|secret|sig|signature|token)=[^&\s]{6,}/i;

const SECRET_NAME =
  /(?:^|[-_.]|[a-z0-9](?=[A-Z]))(?:pass(?:word|wd|phrase)|secrets?|token|api[-_]?key|private[-_]?key|access[-_]?key|signing[-_]?key|encrypt(?:ion)?[-_]?key|credentials?|authorization|bearer|cookie|client[-_]?key|pat)$/i;
const SECRET_WORD = /^(?:apikey|token|secret|password|passwd|passphrase|authorization|cookie|credential|credentials|key)$/i;

/** Names that end like a secret's but say where it is, how many there are, or how it is used. */
const NOT_SECRET = /(?:env|file|path|name|id|type|mode|header|url|count|limit|max|min|prefix|ref)$|^max|tokens$/i;

/** A field that holds a secret by the sound of its name. `key` alone only counts among credentials. */
export function isSecretName(name: string): boolean {
  return (
    !NOT_SECRET.test(name) &&
    (SECRET_WORD.test(name) || SECRET_NAME.test(name) || /^[A-Z0-9_]*_(?:KEY|TOKEN|SECRET|PASSWORD|PAT)$/.test(name))
  );
}

/** Headers of which the last word says that they prove who asks. `idempotency-key` and the like prove nothing. */
const SECRET_HEADER =
  /(?:^|[-_])(?:key|auth|authentication|authorization|token|jwt|secret|password|cookie|session|signature|credentials?)$/i;
const PLAIN_HEADER = /(?:idempotency|cache|partition|routing|sort)[-_]key$|sec-websocket-key$/i;

/** A header that carries credentials by the sound of its name, whatever it is called for. */
export function isSecretHeader(name: string): boolean {
  return SECRET_HEADER.test(name) && !PLAIN_HEADER.test(name);
}

/** Text that looks like a secret wherever it stands. */
export function looksSecret(text: string): boolean {
  return KNOWN_FORMS.test(text) || IN_ADDRESS.test(text) || isRandomToken(text);
}

/** One long run of letters and digits, mixed as in no word, path, digest or id of a kind we know. */
function isRandomToken(text: string): boolean {
  if (text.length < 24 || text.length > 512 || !/^[A-Za-z0-9+/_=.-]+$/.test(text) || isPublicForm(text)) return false;
  // Paths, models, packages and slugs are made of words; a key is one run.
  return text.split(/[/._-]/).some((run) => run.length >= 20 && /\d/.test(run) && /[A-Za-z]/.test(run) && bitsPerCharacter(run) >= 3.4);
}

function isPublicForm(text: string): boolean {
  return (
    /^sha(?:1|256|512)-/.test(text) ||
    /^[0-9a-f]{40}$/.test(text) ||
    /^[0-9a-f]{64}$/.test(text) ||
    /^age1[0-9a-z]+$/.test(text) ||
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)
  );
}

function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const c of text) counts.set(c, (counts.get(c) ?? 0) + 1);
  let bits = 0;
  for (const n of counts.values()) bits -= (n / text.length) * Math.log2(n / text.length);
  return bits;
}

/** What stands in for a secret in templates: nothing that could be used or should be encrypted. */
const STAND_INS = [
  /^$|^\*+$|^x{4,}$|^\.{3}$|^none$|^null$|^n\/?a$|^not[-_ ]?set$|^\W*redacted\W*(?:\s.*)?$|^\[redacted/i,
  /^<.*>$|^\[.*\]$|^\{\{.*\}\}$|^%.*%$|^__.*__$/,
  /^(?:your|my|insert|enter|replace|change|placeholder|example|dummy)[-_ ]/i,
  /change[-_ ]?me|replace[-_ ]?(?:me|with)|your[-_].*(?:key|token|secret|here)/i,
];

export function isStandIn(text: string): boolean {
  return STAND_INS.some((form) => form.test(text.trim()));
}

const SEARCHED_CHARS = 12;
const SEARCHED_WORD_CHARS = 20;

/**
 * Whether a known secret may be looked for in other texts. One that is short or an ordinary word is hidden
 * where it stands, by its field; looking for it elsewhere would tear holes into names and addresses.
 */
export function isSearchable(secret: string): boolean {
  return secret.length >= SEARCHED_WORD_CHARS || (secret.length >= SEARCHED_CHARS && /\d/.test(secret));
}

/** Whether a text holds any of the known secrets. All are looked for at once: one by one, many would take too long. */
export function finderOf(secrets: Iterable<string>): (text: string) => boolean {
  const forms = [...secrets].flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  const byStart = Map.groupBy(new Set(forms), (form) => form.slice(0, SEARCHED_CHARS));
  return (text) => {
    if (byStart.size === 0) return false;
    for (let i = 0; i + SEARCHED_CHARS <= text.length; i++) {
      const starting = byStart.get(text.slice(i, i + SEARCHED_CHARS));
      if (starting?.some((form) => text.startsWith(form, i))) return true;
    }
    return false;
  };
}

/** A text with every known secret, and all that looks like one, starred out. */
export function withoutSecrets(text: string, secrets: Iterable<string>): string {
  let out = text;
  for (const secret of secrets) out = out.replaceAll(secret, "***");
  return out.replaceAll(new RegExp(KNOWN_FORMS, "g"), "***").replaceAll(new RegExp(IN_ADDRESS, "gi"), "***");
}
