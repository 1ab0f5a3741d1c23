import { byCodeUnit, type Json, type Resource } from "../../../core/index.ts";

/** Names that people trust without looking: of programs and services that many plugins are for. */
const WELL_KNOWN: readonly string[] = [
  ..."airtable asana aws azure bitbucket browser calendar cloudflare confluence discord docker dropbox elasticsearch figma".split(" "),
  ..."filesystem github gitlab gmail google-calendar google-drive grafana hubspot jira kubernetes linear mattermost memory".split(" "),
  ..."mongodb mysql notion openclaw outlook paypal playwright postgres puppeteer redis salesforce sentry shopify signal".split(" "),
  ..."slack snowflake sqlite stripe supabase telegram terraform trello twilio whatsapp zendesk zoom".split(" "),
];

/** Runs of characters that look like another, longest first. Names hold lower-case letters, digits and hyphens only. */
const LIKE: readonly (readonly [RegExp, string])[] = [
  [/rn/g, "m"],
  [/vv/g, "w"],
  [/cl/g, "d"],
  [/[1il]/g, "l"],
  [/0/g, "o"],
  [/5/g, "s"],
  [/8/g, "b"],
  [/2/g, "z"],
  [/-/g, ""],
];

/** Below this length, names differ by one letter without anybody meaning anything by it. */
const MIN_NEAR_CHARS = 6;

/** Finds, for a plugin, another name that its name could be taken for: of another plugin, or well known. */
export function lookAlikes(resources: readonly Resource[]): (resource: Resource) => Json {
  const plugins = resources.filter((each) => each.kind === "Plugin").map((each) => each.metadata.name);
  const names = [...new Set([...plugins, ...WELL_KNOWN])].sort(byCodeUnit);
  const bySkeleton = Map.groupBy(names, skeleton);
  return ({ kind, metadata: { name } }) => {
    if (kind !== "Plugin" || WELL_KNOWN.includes(name)) return null;
    const same = bySkeleton.get(skeleton(name))?.find((each) => each !== name);
    if (same !== undefined) return { to: same, same: true };
    const near =
      name.length < MIN_NEAR_CHARS ? undefined : names.find((each) => each.length >= MIN_NEAR_CHARS && isOneEditAway(name, each));
    return near === undefined ? null : { to: near, same: false };
  };
}

function skeleton(name: string): string {
  return LIKE.reduce((text, [pattern, like]) => text.replace(pattern, like), name);
}

/** One letter more, less or other, or two neighbours exchanged. */
function isOneEditAway(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const [restA, restB] = [a.slice(start, endA), b.slice(start, endB)];
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}
