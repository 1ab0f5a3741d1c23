import { HOST_BUILTINS, REPLACED_BUILTINS, type NativeBuiltin } from "../policy/index.ts";

/** Functions that have an answer for every argument: they compare, and ask what a value is. */
export const TOTAL_FUNCTIONS: readonly string[] = [
  "assign",
  "eq",
  "equal",
  "gt",
  "gte",
  "internal.member_2",
  "internal.member_3",
  "is_array",
  "is_boolean",
  "is_null",
  "is_number",
  "is_object",
  "is_set",
  "is_string",
  "lt",
  "lte",
  "neq",
  "type_name",
];

/** Functions that can fail and that the compiler brings along as code of the module, by the name of that code. */
export const NATIVE_FUNCTIONS: Readonly<Record<string, string>> = {
  abs: "opa_arith_abs",
  and: "opa_set_intersection",
  "array.concat": "opa_array_concat",
  "array.reverse": "opa_array_reverse",
  "array.slice": "opa_array_slice",
  "base64.decode": "opa_base64_decode",
  "base64.encode": "opa_base64_encode",
  "base64.is_valid": "opa_base64_is_valid",
  "base64url.decode": "opa_base64_url_decode",
  "base64url.encode": "opa_base64_url_encode",
  "bits.and": "opa_bits_and",
  "bits.lsh": "opa_bits_shiftleft",
  "bits.negate": "opa_bits_negate",
  "bits.or": "opa_bits_or",
  "bits.rsh": "opa_bits_shiftright",
  "bits.xor": "opa_bits_xor",
  ceil: "opa_arith_ceil",
  concat: "opa_strings_concat",
  contains: "opa_strings_contains",
  count: "opa_agg_count",
  div: "opa_arith_divide",
  endswith: "opa_strings_endswith",
  floor: "opa_arith_floor",
  format_int: "opa_strings_format_int",
  "glob.match": "opa_glob_match",
  "graph.reachable": "builtin_graph_reachable",
  indexof: "opa_strings_indexof",
  intersection: "opa_sets_intersection",
  "json.filter": "builtin_json_filter",
  "json.is_valid": "opa_json_is_valid",
  "json.marshal": "opa_json_marshal",
  "json.remove": "builtin_json_remove",
  "json.unmarshal": "opa_json_unmarshal",
  lower: "opa_strings_lower",
  max: "opa_agg_max",
  min: "opa_agg_min",
  minus: "opa_arith_minus",
  mul: "opa_arith_multiply",
  "net.cidr_contains": "opa_cidr_contains",
  "net.cidr_intersects": "opa_cidr_intersects",
  "numbers.range": "opa_numbers_range",
  "object.filter": "builtin_object_filter",
  "object.get": "builtin_object_get",
  "object.keys": "builtin_object_keys",
  "object.remove": "builtin_object_remove",
  "object.union": "builtin_object_union",
  or: "opa_set_union",
  plus: "opa_arith_plus",
  product: "opa_agg_product",
  "regex.find_all_string_submatch_n": "opa_regex_find_all_string_submatch",
  "regex.is_valid": "opa_regex_is_valid",
  "regex.match": "opa_regex_match",
  rem: "opa_arith_rem",
  replace: "opa_strings_replace",
  round: "opa_arith_round",
  sort: "opa_agg_sort",
  split: "opa_strings_split",
  startswith: "opa_strings_startswith",
  "strings.replace_n": "opa_strings_replace_n",
  "strings.reverse": "opa_strings_reverse",
  substring: "opa_strings_substring",
  sum: "opa_agg_sum",
  to_number: "opa_to_number",
  trim: "opa_strings_trim",
  trim_left: "opa_strings_trim_left",
  trim_prefix: "opa_strings_trim_prefix",
  trim_right: "opa_strings_trim_right",
  trim_space: "opa_strings_trim_space",
  trim_suffix: "opa_strings_trim_suffix",
  union: "opa_sets_union",
  upper: "opa_strings_upper",
  walk: "opa_value_transitive_closure",
};

/** What can fail: a failure stops the evaluation. */
export function canFail(name: string): boolean {
  return Object.hasOwn(NATIVE_FUNCTIONS, name) || Object.hasOwn(HOST_BUILTINS, name);
}

/** What of these is code of the module: what is to be guarded, or replaced. */
export function nativesAmong(builtins: readonly string[]): readonly NativeBuiltin[] {
  return builtins.flatMap((name, index) => {
    const native = NATIVE_FUNCTIONS[name];
    return native === undefined ? [] : [{ index, native, isReplaced: Object.hasOwn(REPLACED_BUILTINS, name) }];
  });
}

/** Calls of `print` are checked and then left out of what is compiled; `policy test` prints them. */
const ERASED: readonly string[] = ["print", "internal.print"];

const ALLOWED: ReadonlySet<string> = new Set([
  ...TOTAL_FUNCTIONS,
  ...Object.keys(NATIVE_FUNCTIONS),
  ...Object.keys(HOST_BUILTINS),
  ...ERASED,
]);

/** The compiler's own list of what it knows, cut down to what policies may use. */
export function capabilitiesFrom(current: string): string {
  const capabilities = JSON.parse(current) as { builtins: { name: string }[] };
  return JSON.stringify({ ...capabilities, allow_net: [], builtins: capabilities.builtins.filter((each) => ALLOWED.has(each.name)) });
}
