import { Flags } from "./flags.ts";

/** Opens a store's key that is locked by a passphrase. */
export const PASSPHRASE_FLAGS = {
  "passphrase-file": Flags.string({
    helpValue: "FILE",
    description: "the passphrase of the store's key: the first line of this file (default: asked for on a terminal)",
    env: "MOLTBOT_PASSPHRASE_FILE",
  }),
};

/** Which key the runtime of a new store gets. */
export const RUNTIME_KEY_FLAG = {
  "runtime-key": Flags.string({
    options: ["x25519", "post-quantum"],
    description: "what key a new store's runtime gets (default: of the type of the recipients that the Project names, else x25519)",
    env: "MOLTBOT_RUNTIME_KEY",
  }),
};

/** How the key of a store that is made, or made anew, is kept. */
export const STORE_KEY_FLAGS = {
  "store-key": Flags.string({
    options: ["file", "passphrase", "age"],
    description: "how a new store's key is kept: in a plain file, locked by a passphrase, or locked for age identities",
    env: "MOLTBOT_STORE_KEY",
  }),
  "store-key-recipient": Flags.string({
    helpValue: "age1...",
    multiple: true,
    multipleNonGreedy: true,
    description: "with --store-key age: who can unlock it",
    env: "MOLTBOT_STORE_KEY_RECIPIENT",
  }),
  ...PASSPHRASE_FLAGS,
};
