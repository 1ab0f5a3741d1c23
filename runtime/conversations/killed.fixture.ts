import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { openRecords } from "../store/index.ts";
import { loadSession, readAll, slotOf, type SessionEntry } from "../sessions/index.ts";
import { undeliveredAnswers } from "./undelivered.ts";
import { stateFolder, valueOf, withStore } from "../sessions/sessions.fixture.ts";

const SCRIPT = path.join(import.meta.dirname, "kill.fixture.ts");

/** What is known after a process died at a step and others went on, until everything was delivered. */
export interface Aftermath {
  /** Steps of the last process. */
  readonly steps: number;
  readonly died: boolean;
  /** What the platform got, in order. */
  readonly sent: readonly { readonly id: string; readonly text: string }[];
  /** Answers that are kept as not delivered for certain: their states. */
  readonly kept: readonly string[];
  readonly effects: number;
  readonly entries: readonly SessionEntry[];
}

function run(...args: readonly string[]): Promise<{ readonly isKilled: boolean; readonly out: string }> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [SCRIPT, ...args], { timeout: 30_000 }, (error, out, err) => {
      const signal = error && "signal" in error ? error.signal : null;
      if (error && signal !== "SIGKILL") reject(new Error(`${error.message}\n${err}`));
      else resolve({ isKilled: signal === "SIGKILL", out });
    });
  });
}

/** Takes one message in, dies at a step, and goes on in a new process. @param platform - Whether it tells a repeat. */
export async function dieAt(step: number, text: string, platform: "knows" | "does not know"): Promise<Aftermath> {
  using state = stateFolder();
  withStore(state, () => undefined);
  const files = path.join(path.dirname(state.dir), "files");
  fs.mkdirSync(files);
  const first = await run(state.dir, files, String(step), text, platform);
  const last = first.isKilled ? await run(state.dir, files, "0", text, platform) : first;
  const lines = (name: string): readonly string[] => {
    const file = path.join(files, name);
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8").trimEnd().split("\n") : [];
  };
  const records = valueOf(openRecords(state.dir));
  if (!records) throw new Error("no records");
  const slots = valueOf(records.names(slotOf("a", "")));
  const session = slots[0] === undefined ? null : valueOf(loadSession(records, slots[0]));
  const entries = session ? valueOf(readAll(records, session)) : [];
  const kept = valueOf(undeliveredAnswers(records)).map((each) => each.state);
  records.close();
  return {
    kept,
    steps: Number(last.out),
    died: first.isKilled,
    sent: lines("sent").map((line) => JSON.parse(line) as Aftermath["sent"][number]),
    effects: lines("effects").length,
    entries,
  };
}
