import { unreachable } from "../../core/index.ts";
import type { RotateInfo } from "../../runtime/store/index.ts";
import type { RecordKey, RenewedKey } from "../../reconciler/record/types.ts";
import { plainViews, type Views } from "./index.ts";
import { fitted } from "./look.ts";
import { symbolOf } from "./status.ts";

/** A key of the record that took the place of another. */
export function renewedViews(key: RecordKey): Views<RenewedKey> {
  return {
    isDeed: true,
    ...plainViews((renewed) => ({ formatVersion: "1.0", kind: "KeyRenewed", key, ...renewed })),
    text: (renewed, look) => fitted(look, `${symbolOf(look, "ok")} ${sentence(key, renewed)}\n`),
  };
}

function sentence(key: RecordKey, { recipient, recordsKept }: RenewedKey): string {
  switch (key) {
    case "runtime.agekey":
      return `The runtime has a new key: ${recipient ?? ""}`;
    case "store.key":
      return `The store has a new key. ${recordsKept ? "Stored conversations were kept." : "Stored conversations were given up: the key that opened them is lost."}`;
    case "ledger.key":
      return "The ledger has a new key; its newest record says so.";
    default:
      return unreachable(key);
  }
}

/** What a rotation of keys did. */
export const rotatedViews: Views<RotateInfo> = {
  isDeed: true,
  ...plainViews((info) => ({ formatVersion: "1.0", kind: "KeysRotated", ...info })),
  text: ({ sealed, storeKey }, look) => {
    const wrapped = storeKey
      ? "the store key is new, too"
      : "the store key is locked and stays; moltbot gateway reset-store --store-key changes it";
    return fitted(look, `Sealed ${sealed} records anew; ${wrapped}.\n`);
  },
};
