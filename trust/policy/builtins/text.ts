import { hash } from "node:crypto";
import type { Json } from "../../../core/index.ts";
import { RawJson, text, texts, whole, type HostBuiltin, type HostValue } from "./values.ts";

export const anyPrefix: HostBuiltin = (values, prefixes) => {
  const all = texts(prefixes);
  return texts(values).some((each) => all.some((prefix) => each.startsWith(prefix)));
};

export const anySuffix: HostBuiltin = (values, suffixes) => {
  const all = texts(suffixes);
  return texts(values).some((each) => all.some((suffix) => each.endsWith(suffix)));
};

export const count: HostBuiltin = (value, part) => {
  const [all, wanted] = [text(value), text(part)];
  return wanted === "" ? Array.from(all).length + 1 : all.split(wanted).length - 1;
};

export const sha256: HostBuiltin = (value) => hash("sha256", text(value), "hex");

export const hexEncode: HostBuiltin = (value) => Buffer.from(text(value), "utf8").toString("hex");

export const hexDecode: HostBuiltin = (value) => {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(text(value))) throw new Error("an argument is not hexadecimal");
  return utf8(Buffer.from(text(value), "hex"));
};

export const base64urlNoPad: HostBuiltin = (value) => Buffer.from(text(value), "utf8").toString("base64url");

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Line breaks are no part of it; what is no text is no base64 either. */
export const isBase64: HostBuiltin = (value) => typeof value === "string" && BASE64.test(value.replace(/[\r\n]/g, ""));

export const base64Decode: HostBuiltin = (value) => {
  if (isBase64(value) !== true) throw new Error("an argument is not base64");
  return utf8(Buffer.from(text(value), "base64"));
};

/** Padding may be missing, as in tokens. */
export const base64urlDecode: HostBuiltin = (value) => {
  const given = text(value);
  const padded = given.endsWith("=") ? given : given.padEnd(Math.ceil(given.length / 4) * 4, "=");
  return base64Decode(padded.replace(/[-_+/]/g, (each) => ({ "-": "+", _: "/" })[each] ?? "!"));
};

export const jsonUnmarshal: HostBuiltin = (value) => {
  JSON.parse(text(value));
  return new RawJson(text(value));
};

export const isJson: HostBuiltin = (value) => {
  try {
    return jsonUnmarshal(value) instanceof RawJson;
  } catch {
    return false;
  }
};

/** Where it begins, counted in characters; -1 where it is not. */
export const indexOf: HostBuiltin = (value, part) => {
  const [all, wanted] = [text(value), text(part)];
  if (wanted === "") throw new Error("there is nothing to look for");
  const at = all.indexOf(wanted);
  return at < 0 ? -1 : Array.from(all.slice(0, at)).length;
};

/** What is empty stands before every character and at the end. */
export const replaceAll: HostBuiltin = (value, part, by) => {
  const [all, wanted, instead] = [text(value), text(part), text(by)];
  return wanted === "" ? `${instead}${Array.from(all, (each) => each + instead).join("")}` : all.split(wanted).join(instead);
};

/** As in the query of a URL: a space is a plus. */
export const queryEncode: HostBuiltin = (value) => encoded(text(value));

export const queryDecode: HostBuiltin = (value) => decoded(text(value));

export const queryDecodeObject: HostBuiltin = (value) => {
  const fields = new Map<string, string[]>();
  for (const part of text(value).split("&")) {
    if (part === "") continue;
    if (part.includes(";")) throw new Error("an argument is not the query of a URL");
    const at = part.indexOf("=");
    const [name, one] = at < 0 ? [decoded(part), ""] : [decoded(part.slice(0, at)), decoded(part.slice(at + 1))];
    const list = fields.get(name);
    if (list) list.push(one);
    else fields.set(name, [one]);
  }
  return Object.fromEntries(fields) as Json;
};

function encoded(value: string): string {
  const kept = /[A-Za-z0-9\-._~]/;
  return [...Buffer.from(value, "utf8")]
    .map((byte) => {
      const one = String.fromCodePoint(byte);
      if (byte < 0x80 && kept.test(one)) return one;
      return one === " " ? "+" : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
}

function decoded(value: string): string {
  if (/%(?![0-9a-fA-F]{2})/.test(value)) throw new Error("an argument is not percent-encoded");
  const bytes: number[] = [];
  for (const part of value.matchAll(/%([0-9a-fA-F]{2})|[^%]+/g)) {
    if (part[1] === undefined) bytes.push(...Buffer.from(part[0].replaceAll("+", " "), "utf8"));
    else bytes.push(Number.parseInt(part[1], 16));
  }
  return utf8(Buffer.from(bytes));
}

/** Bytes that are no UTF-8 are refused: the compiled policy would see another text than `opa` does. */
function utf8(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** `sprintf` with the verbs that policies use for messages: %s, %v, %d, %q for plain text, %x of whole numbers, %%. */
export const sprintf: HostBuiltin = (format, values) => {
  if (!Array.isArray(values)) throw new Error("the values are not an array");
  const rest = [...(values as readonly HostValue[])];
  const out = text(format).replace(/%(.?)/gs, (_whole, verb: string) => {
    if (verb === "%") return "%";
    const value = rest.shift();
    if (value === undefined) throw new Error("there are fewer values than verbs");
    return printed(verb, value);
  });
  if (rest.length > 0) throw new Error("there are more values than verbs");
  return out;
};

function printed(verb: string, value: HostValue): string {
  if (verb === "d") return String(whole(value));
  if (verb === "x") return whole(value).toString(16);
  if (verb === "q") {
    if (!/^[\x20-\x7e]*$/.test(text(value))) throw new Error("%q is for plain text");
    return JSON.stringify(value);
  }
  if (verb !== "s" && verb !== "v") throw new Error(`%${verb} is not a verb that policies get`);
  if (typeof value === "string") return value;
  if (verb === "s" && typeof value === "number") throw new Error("%s is for text; %v prints anything");
  return shownValue(value);
}

/** As `opa` prints a term: a space behind every comma and colon. */
function shownValue(value: HostValue): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(shownValue).join(", ")}]`;
  if (typeof value === "object" && value !== null && !(value instanceof Set) && !(value instanceof RawJson)) {
    const entries = Object.entries(value as Readonly<Record<string, Json>>);
    return `{${entries.map(([name, each]) => `${JSON.stringify(name)}: ${shownValue(each)}`).join(", ")}}`;
  }
  if (value instanceof Set || value instanceof RawJson) throw new Error("a set is not printed");
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}
