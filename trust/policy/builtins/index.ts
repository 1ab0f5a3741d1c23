import * as net from "./net.ts";
import * as numbers from "./numbers.ts";
import * as semver from "./semver.ts";
import * as text from "./text.ts";
import * as time from "./time.ts";
import type { HostBuiltin } from "./values.ts";

export { readValue, writeValue, type HostBuiltin, type HostValue } from "./values.ts";

/**
 * The built-in functions that a compiled policy calls out for. All are ours, pure, and total in this sense:
 * they answer, or they throw, which stops the evaluation and so denies. None knows the time, the machine,
 * the network or chance.
 */
export const HOST_BUILTINS: Readonly<Record<string, HostBuiltin>> = {
  "base64url.encode_no_pad": text.base64urlNoPad,
  "crypto.sha256": text.sha256,
  "hex.decode": text.hexDecode,
  "hex.encode": text.hexEncode,
  "net.cidr_is_valid": net.isCidr,
  "numbers.range_step": numbers.rangeStep,
  "semver.compare": semver.compare,
  "semver.is_valid": semver.isValid,
  sprintf: text.sprintf,
  "strings.any_prefix_match": text.anyPrefix,
  "strings.any_suffix_match": text.anySuffix,
  "strings.count": text.count,
  "time.add_date": time.addDate,
  "time.clock": time.clock,
  "time.date": time.date,
  "time.parse_duration_ns": time.parseDuration,
  "time.parse_rfc3339_ns": time.parseRfc3339,
  "time.weekday": time.weekday,
  "units.parse": numbers.parseUnits,
  "units.parse_bytes": numbers.parseBytes,
  "urlquery.decode": text.queryDecode,
  "urlquery.decode_object": text.queryDecodeObject,
  "urlquery.encode": text.queryEncode,
};

/**
 * Functions that the compiler brings along as code, but whose code answers where the compiler's own
 * evaluation is an error, or does not end. Ours take their place in the module.
 */
export const REPLACED_BUILTINS: Readonly<Record<string, HostBuiltin>> = {
  "base64.decode": text.base64Decode,
  "base64url.decode": text.base64urlDecode,
  "base64.is_valid": text.isBase64,
  indexof: text.indexOf,
  "json.is_valid": text.isJson,
  "json.unmarshal": text.jsonUnmarshal,
  replace: text.replaceAll,
};
