import fs from "node:fs";
import path from "node:path";
import { counted } from "../views/layout.ts";
import { problem, type Diagnostic, type Result } from "../../core/index.ts";
import { readLoopState } from "../../reconciler/controller/index.ts";
import { openStore, readKey, storeKeyForm, type KeyName, type StoreReader } from "../../runtime/store/index.ts";
import type { World } from "../../reconciler/types.ts";
import { bad, doubtful, good, type Check } from "./types.ts";

/** The state folder and what is in it. Reads only; where nothing was applied yet there is little to say. */
export function stateChecks(dir: string, world: World): readonly Check[] {
  const ports = { clock: world.clock, randomHex: () => world.ids.next() };
  const opened = openStore(dir, { mode: "read" }, ports);
  const store = opened.ok ? opened.value : null;
  try {
    const inside = store ? [whole(store), keys(dir), ledger(store)] : [nothingYet(dir)];
    return [
      folder(dir, opened.ok),
      ...space(dir),
      ...(opened.ok ? inside : [bad(partOf(opened.diagnostics), opened.diagnostics)]),
      clock(store, world.clock.now()),
      ...watching(dir),
    ];
  } finally {
    store?.close();
  }
}

/** Opening looks at keys and ledger, too: what is to be mended is named. */
function partOf([first]: readonly Diagnostic[]): "keys" | "ledger" | "store" {
  if (first?.code.startsWith("KEY_")) return "keys";
  return first?.code.startsWith("LEDGER_") ? "ledger" : "store";
}

/** Owner and mode are checked by the store itself, before it believes anything in there. */
function folder(dir: string, isBelieved: boolean): Check {
  const stats = fs.lstatSync(dir, { throwIfNoEntry: false });
  if (!stats) return good("state", `${dir} is not there yet; the first apply makes it.`);
  const mode = (stats.mode & 0o777).toString(8).padStart(4, "0");
  const facts = `${dir}, mode ${mode}, of user ${stats.uid}.`;
  const isOpen = (stats.mode & 0o077) !== 0;
  return isOpen && isBelieved ? doubtful("state", `${facts} Others may look into it.`, `chmod 700 ${dir}`) : good("state", facts);
}

const MIN_FREE_BYTES = 100 * 1024 * 1024;
const MIB = 1024 * 1024;

/** Of the nearest folder that is there. */
function space(dir: string): readonly Check[] {
  try {
    let at = dir;
    while (!fs.existsSync(at) && path.dirname(at) !== at) at = path.dirname(at);
    const { bavail, bsize } = fs.statfsSync(at);
    const free = bavail * bsize;
    const text = `${Math.floor(free / MIB)} MiB are free.`;
    return [free < MIN_FREE_BYTES ? doubtful("space", text, "Make room: an apply that cannot write stops part-way.") : good("space", text)];
  } catch {
    return [];
  }
}

function nothingYet(dir: string): Check {
  return good("store", `Nothing was applied from ${dir} yet.`);
}

function whole(store: StoreReader): Check {
  const contents = store.verifyContents();
  if (!contents.ok) return bad("store", contents.diagnostics);
  const { generations, rows, values } = contents.value;
  return good(
    "store",
    `Store ${store.lineage.slice(0, 12)}: ${counted(generations, "generation")}, ${counted(rows, "row")}, ${counted(values, "value")}, all as recorded.`,
  );
}

const KEYS: readonly KeyName[] = ["runtime.agekey", "store.key", "ledger.key"];

/** Each is read, so that its mode, its owner and its form are known to be right; it is shown to nobody. */
function keys(dir: string): Check {
  const problems = KEYS.flatMap((name) => {
    const key: Result<unknown> = readKey(dir, name);
    return key.ok ? [] : key.diagnostics;
  });
  return problems.length > 0
    ? bad("keys", problems)
    : good("keys", `${KEYS.join(", ")} are there, and readable by their owner alone. ${storeKeySentence(dir)}`);
}

/** A plain file is what one falls back on where nobody can type a passphrase or bring an identity. */
function storeKeySentence(dir: string): string {
  const form = storeKeyForm(dir);
  if (!form.ok || form.value === null) return "";
  return form.value === "file"
    ? "The store's key is a plain file, a fallback: whoever reads the folder reads the conversations. `moltbot gateway reset-store --store-key passphrase` locks it."
    : `The store's key is locked (${form.value}).`;
}

function ledger(store: StoreReader): Check {
  const check = store.verifyLedger();
  return check.ok ? good("ledger", `The ledger verifies: ${counted(check.value.records, "record")}.`) : bad("ledger", check.diagnostics);
}

/** Two clocks that disagree by less are in order. */
const CLOCK_SLACK_MS = 60_000;
/** Before this version was made it cannot be. */
const EARLIEST = Date.UTC(2026, 0, 1);

function clock(store: StoreReader | null, now: Date): Check {
  const at = store === null ? undefined : lastRecordAt(store);
  const text = `It is ${now.toISOString()}.`;
  if (now.getTime() < EARLIEST) return doubtful("clock", `${text} That cannot be.`, "Set the clock: expiry dates depend on it.");
  if (at !== undefined && Date.parse(at) > now.getTime() + CLOCK_SLACK_MS) {
    return doubtful("clock", `${text} The last record is from ${at}.`, "Check the clock, and that of whoever applied last.");
  }
  return good("clock", text);
}

function lastRecordAt(store: StoreReader): string | undefined {
  const head = store.ledgerHead();
  const last = head.ok && head.value ? store.ledger(head.value.seq, 1) : undefined;
  return last?.ok ? last.value[0]?.at : undefined;
}

function watching(dir: string): readonly Check[] {
  const state = readLoopState(dir);
  if (!state.ok) return [bad("watch", state.diagnostics)];
  if (state.value === null) return [];
  const { failing, failures } = state.value;
  return [
    failing === null
      ? good("watch", "The watch loop's last round went well.")
      : doubtful("watch", `The watch loop fails since ${counted(failures, "round")}: ${failing.codes.join(", ")}.`, "moltbot status"),
  ];
}

/** For the rare case that a folder is named which cannot be looked at. */
export function unreadableState(dir: string, error: unknown): Check {
  const detail = `${dir} cannot be looked at: ${error instanceof Error ? error.message : "unknown reason"}.`;
  return bad("state", [problem("STORE_UNAVAILABLE", { detail, remedy: "Check who owns it and its parents." })]);
}
