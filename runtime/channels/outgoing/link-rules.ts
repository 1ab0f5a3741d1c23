/** Where an address may stand in a text, as whoever reads it finds it. Each is bounded, so that no text takes longer than its length times that. */
const LABEL = 1_000;
const ADDRESS = 4_000;

const MARKDOWN_TITLE = String.raw`(?:"(?:[^"\\]|\\[^]){0,${LABEL}}"|'(?:[^'\\]|\\[^]){0,${LABEL}}'|\((?:[^()\\]|\\[^]){0,${LABEL}}\))`;
/** Where a link leads, in `<` and `>` or bare; signs in it may be escaped. */
const POINTY = String.raw`<(?:[^<>\n\\]|\\[^\n]){0,${ADDRESS}}>`;

export const INLINE = new RegExp(
  String.raw`(!?)\[((?:[^\[\]\\]|\\[^]|\[[^\[\]]{0,200}\]){0,${LABEL}})\]\([ \t\n]{0,9}(${POINTY}|(?:[^\s()\\]|\\[^\s]|\([^\s()]{0,500}\)){0,${ADDRESS}})(?:[ \t\n]{1,9}${MARKDOWN_TITLE})?[ \t\n]{0,9}\)`,
  "gu",
);
export const INLINE_IMAGE = /!\[/;
export const DEFINITION = new RegExp(
  String.raw`^([ >]{0,9}\[[^\[\]\n]{1,${LABEL}}\]:[ \t]{0,9}\n?[ \t]{0,9})(${POINTY}|\S{1,${ADDRESS}})`,
  "gmu",
);
/** What a reader may take for a definition although it is none by the rule above: in a list, with a name over lines. */
export const LIKE_DEFINITION = new RegExp(String.raw`(\]:[ \t]{0,9}\n?[ \t>]{0,9})(${POINTY}|\S{1,${ADDRESS}})`, "gu");
export const AUTOLINK = new RegExp(String.raw`<([a-z][a-z0-9+.-]{1,31}:[^\s<>]{0,${ADDRESS}})>`, "giu");
/** Elements that fetch or lead somewhere, and any that carry attributes. Their text stays. */
export const MARKUP = new RegExp(
  String.raw`</?(?:(?:a|area|audio|base|body|button|embed|form|frame|frameset|iframe|image|img|input|link|math|meta|object|picture|script|source|style|svg|table|td|th|track|use|video)(?=[\s/>])[^<>]{0,${ADDRESS}}>?|[a-z][a-z0-9:_-]{0,31}[\s/][^<>=]{0,500}=[^<>]{0,${ADDRESS}}>?)`,
  "giu",
);
/** A colon, and two slashes of any kind, each perhaps escaped. */
const COLON = String.raw`\\?[:：]`;
const SLASHES = String.raw`(?:\\?[/／⁄∕]|\\){2,}`;
const SCHEMES_OF_HOSTS = "https?|wss?|ftps?";
/** With a scheme. Browsers need no slashes after those that always have a host. */
export const BARE = new RegExp(
  String.raw`(?:[a-z][a-z0-9+.-]{0,31}${COLON}${SLASHES}|(?<![\p{L}\p{N}_])(?:${SCHEMES_OF_HOSTS})${COLON}(?=[^\s]))[^\s<>"${"`"}]{0,${ADDRESS}}`,
  "giu",
);
export const OPAQUE = new RegExp(
  String.raw`(?<![\p{L}\p{N}_])(?:data|javascript|vbscript|file|blob|mailto|tel|sms|intent|magnet|view-source|xmpp|sips?|callto|facetime|skype|whatsapp|viber|tg|irc|geo|maps|market|itms-[a-z]{1,20}|ms-[a-z-]{1,30}|bitcoin|ethereum|ipfs|ipns|mxc|cid|webcal):[^\s<>"${"`"}]{1,${ADDRESS}}`,
  "giu",
);
export const UNC = /(?<![\\\p{L}\p{N}])\\\\[\p{L}\p{N}.@_-]{1,253}\\[^\s]{0,1000}/gu;
export const PROTOCOL_RELATIVE = new RegExp(
  String.raw`(?<![\p{L}\p{N}:：/／\\.])(?:\\?[/／]|\\){2}[\p{L}\p{N}][\p{L}\p{N}.。．｡_-]{0,253}[.。．｡][\p{L}\p{N}-]{2,63}[^\s<>"${"`"}]{0,${ADDRESS}}`,
  "gmu",
);
export const NUMERIC = new RegExp(
  String.raw`(?<![\p{L}\p{N}._/-])(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?[/?#][^\s<>"${"`"}]{0,${ADDRESS}}`,
  "gu",
);
const NAME = String.raw`(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,62})[.。．｡]){1,9}(xn--[a-z0-9-]{1,59}|\p{L}{2,24})(?![\p{L}\p{N}]|[-_]{1,64}[\p{L}\p{N}])`;
/** Somebody in front of a name, and more than a mail address behind it or in front of it. */
export const WITH_USER = new RegExp(
  String.raw`(?<![\p{L}\p{N}._%+-])(?:[^\s@:<>"${"`"}()]{1,253}:[^\s@<>"${"`"}]{0,253}@${NAME}|[^\s@<>"${"`"}()]{1,253}@${NAME}(?=(?::\d{1,5})?[/?#]))[^\s<>"${"`"}]{0,${ADDRESS}}`,
  "giu",
);
export const HOST = new RegExp(String.raw`(?<![\p{L}\p{N}@._/])${NAME}(?::\d{1,5})?([/?#][^\s<>"${"`"}]{0,${ADDRESS}})?`, "giu");
/** The beginning of where a link leads, after everything that is understood was taken care of. */
export const LEFT_OVER = /\](?=\()/g;

/** Everything that leads somewhere. */
export const RULES = [INLINE, AUTOLINK, MARKUP, BARE, OPAQUE, WITH_USER, HOST, PROTOCOL_RELATIVE, DEFINITION] as const;
