import tty from "node:tty";
import { fail, mapResult, ok, problem, Secret, shown, type Result } from "../core/index.ts";
import { place } from "../reconciler/engine.ts";
import type { StoreKeyChoice } from "../reconciler/record/types.ts";
import { checkRecipients, loadIdentities } from "../trust/secrets/index.ts";
import { newStoreKey, storeKeyForm, unlockStoreKey, type NewStoreKey } from "../runtime/store/index.ts";
import { readFile, typeUnseen } from "./secret-input.ts";
import type { Session } from "./session.ts";
import { UsageError } from "./usage.ts";

/** What the flags of `store-key-flags.ts` say. */
export interface StoreKeyWish {
  readonly "store-key"?: string | undefined;
  readonly "store-key-recipient"?: readonly string[] | undefined;
  readonly "passphrase-file"?: string | undefined;
}

/** The store's key, where its file is locked; undefined where it is plain or there is no store. */
export async function unlocked(
  session: Session,
  dir: string,
  { "passphrase-file": file }: StoreKeyWish,
): Promise<Result<Secret<string> | undefined>> {
  const form = storeKeyForm(dir);
  // What is wrong with the file is told by what opens the store.
  if (!form.ok || form.value === null || form.value === "file") return ok(undefined);
  const identities = form.value === "age" ? await loadIdentities({ env: process.env }) : ok([]);
  if (!identities.ok) return identities;
  const opened = await unlockStoreKey(dir, {
    passphrase: () => passphraseOf(session, file, false),
    identities: identities.value.map((each) => each.open()),
  });
  return opened.ok ? ok(opened.value ?? undefined) : opened;
}

/** For `apply`, which makes the store where there is none; one that is there keeps its key. */
export async function forNewStore(
  session: Session,
  { "runtime-key": runtime, ...wish }: StoreKeyWish & { readonly "runtime-key"?: string | undefined },
): Promise<Result<StoreKeyChoice>> {
  const chosen: StoreKeyChoice = runtime === "x25519" || runtime === "post-quantum" ? { runtime } : {};
  if (!isLocking(wish)) return ok(chosen);
  const found = await place(session.query, await session.world());
  if (!found.ok) return found;
  const form = storeKeyForm(found.value.state);
  if (!form.ok) return form;
  if (form.value === null) return mapResult(await freshOf(session, wish), (fresh) => ({ ...chosen, ...fresh }));
  return fail(
    problem("STORE_EXISTS", {
      detail: `The store in ${shown(found.value.state)} has its key already (${form.value}); --store-key is for one that is made.`,
      remedy: `Change how the key is kept:\nmoltbot gateway reset-store --store-key ${wish["store-key"] ?? "file"} --reason TEXT`,
    }),
  );
}

/** For `gateway reset-store`: the present key, to keep the conversations, and the form of the next one. */
export async function forRenewal(session: Session, wish: StoreKeyWish): Promise<Result<StoreKeyChoice>> {
  const found = await place(session.query, await session.world());
  if (!found.ok) return found;
  const { state } = found.value;
  const present = await unlocked(session, state, wish);
  if (!present.ok) return present;
  const form = storeKeyForm(state);
  if (wish["store-key"] === undefined && form.ok && form.value !== null && form.value !== "file")
    throw new UsageError(`The present key is locked (${form.value}). Say how the next one is kept: --store-key file, passphrase or age.`);
  const fresh = await freshOf(session, wish);
  return fresh.ok ? ok({ ...fresh.value, ...(present.value && { unlocked: present.value }) }) : fresh;
}

function isLocking(wish: StoreKeyWish): boolean {
  const form = wish["store-key"];
  if ((wish["store-key-recipient"] ?? []).length > 0 && form !== "age")
    throw new UsageError("--store-key-recipient goes with --store-key age.");
  return form === "passphrase" || form === "age";
}

async function freshOf(session: Session, wish: StoreKeyWish): Promise<Result<StoreKeyChoice>> {
  if (!isLocking(wish)) return ok({});
  const made = wish["store-key"] === "age" ? await forRecipients(wish["store-key-recipient"] ?? []) : await forPassphrase(session, wish);
  return made.ok ? ok({ fresh: made.value }) : made;
}

async function forRecipients(given: readonly string[]): Promise<Result<NewStoreKey>> {
  if (given.length === 0) throw new UsageError("--store-key age needs --store-key-recipient age1...: who can unlock it.");
  const recipients = checkRecipients(given);
  return recipients.ok ? await newStoreKey({ form: "age", recipients: recipients.value }) : recipients;
}

async function forPassphrase(session: Session, wish: StoreKeyWish): Promise<Result<NewStoreKey>> {
  const passphrase = await passphraseOf(session, wish["passphrase-file"], true);
  if (!passphrase.ok) return passphrase;
  if (passphrase.value === null) throw new UsageError("--store-key passphrase needs --passphrase-file FILE where there is no terminal.");
  return await newStoreKey({ form: "passphrase", passphrase: passphrase.value });
}

/** The first line of the file, else what is typed; null where nobody can be asked. */
async function passphraseOf(session: Session, file: string | undefined, isNew: boolean): Promise<Result<Secret<string> | null>> {
  if (file === undefined) {
    if (!tty.isatty(0) || !tty.isatty(2)) return ok(null);
    const typed = await typeUnseen(session, isNew ? "Passphrase for the store's key" : "Passphrase of the store's key", isNew);
    return typed.ok ? ok(new Secret(new TextDecoder().decode(typed.value.open()))) : typed;
  }
  const read = readFile(file);
  if (!read.ok) return read;
  const [line = ""] = new TextDecoder().decode(read.value.open()).split(/\r?\n/, 1);
  if (line !== "") return ok(new Secret(line));
  return fail(problem("PASSPHRASE_INVALID", { detail: `The first line of ${shown(file)} is empty.`, context: { file } }));
}
