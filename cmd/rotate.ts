import os from "node:os";
import { fail, problem, type Result } from "../core/index.ts";
import { lockForApply, rotateKeys, storeKeyForm, type RotateInfo } from "../runtime/store/index.ts";
import type { Session } from "./session.ts";
import { stateOf } from "./state-of.ts";
import { unlocked } from "./store-key.ts";

interface RotateFlags {
  readonly reason: string;
  readonly "lock-timeout": number;
  readonly "passphrase-file"?: string | undefined;
}

/** New keys for what is stored, under the lock that applies take. */
export async function rotate(session: Session, flags: RotateFlags): Promise<Result<RotateInfo>> {
  const state = await stateOf(session);
  if (!state.ok) return state;
  const form = storeKeyForm(state.value);
  if (!form.ok) return form;
  if (form.value === null)
    return fail(problem("NO_RECORD", { detail: `There is no store in ${state.value}: nothing was applied from here.` }));
  const key = await unlocked(session, state.value, flags);
  if (!key.ok) return key;
  const { clock, ids, actor } = await session.world();
  const holder = { host: os.hostname(), pid: process.pid, actor, since: clock.now().toISOString() };
  const lock = await lockForApply(state.value, holder, { timeoutMs: flags["lock-timeout"] * 1_000, signal: session.interrupt.signal });
  if (!lock.ok) return fail(...lock.diagnostics);
  try {
    const ports = { clock, randomHex: () => ids.next() };
    return await rotateKeys(state.value, { actor, because: flags.reason, unlocked: key.value }, ports);
  } finally {
    lock.value.release();
  }
}
