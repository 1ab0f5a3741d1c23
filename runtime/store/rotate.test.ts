import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { newStoreKey, openRecords, openStore, rotatedAt, rotateKeys } from "./index.ts";
import { everything, filled, killedAt, recordsOf } from "./rotated.fixture.ts";
import { ACTOR, codesOf, newStateDir, testPorts, valueOf } from "./store.fixture.ts";
import { Secret } from "../../core/index.ts";

const because = { actor: ACTOR, because: "every month" };

function bytesOfStore(dir: string): Buffer {
  return Buffer.concat(
    ["store.db", "store.db-wal"]
      .map((name) => path.join(dir, name))
      .filter((file) => fs.existsSync(file))
      .map((file) => fs.readFileSync(file)),
  );
}

describe("rotating keys", () => {
  test("every record is sealed anew, opens as before, and the old keys open nothing", async () => {
    const dir = newStateDir();
    filled(dir);
    const ports = testPorts("2026-04-01T00:00:00.000Z");
    const records = recordsOf(dir);
    const before = everything(records);
    records.close();
    const oldKey = fs.readFileSync(path.join(dir, "keys", "store.key"), "utf8");
    const info = valueOf(await rotateKeys(dir, because, ports));
    expect(info).toEqual({ sealed: 471, storeKey: true });
    const after = recordsOf(dir);
    expect(everything(after)).toEqual(before);
    after.close();
    expect(valueOf(rotatedAt(dir, ports))).toBe("2026-04-01T00:00:00.000Z");
    expect(valueOf(await rotateKeys(dir, because, ports)).sealed).toBe(471);
    fs.writeFileSync(path.join(dir, "keys", "store.key"), oldKey, { mode: 0o600 });
    expect(codesOf(openRecords(dir))).toEqual(["KEY_MISMATCH"]);
  });

  test("a process that holds the records open goes on, before, between and after", async () => {
    const dir = newStateDir();
    filled(dir);
    const open = recordsOf(dir);
    const rotating = rotateKeys(dir, because, testPorts());
    let writes = 0;
    const over = { is: false };
    void rotating.then(() => (over.is = true));
    while (!over.is) {
      valueOf(open.append("s/0", Buffer.from(`entry ${451 + writes++}`)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    valueOf(await rotating);
    expect(
      valueOf(open.read("s/0", { from: 449 }))
        .map((each) => Buffer.from(each).toString())
        .slice(0, 3),
    ).toEqual(["entry 449", "entry 450", "entry 451"]);
    valueOf(open.put("new", Buffer.from("later")));
    open.close();
    const again = recordsOf(dir);
    expect(valueOf(again.read("s/0")).length).toBe(450 + writes);
    expect(Buffer.from(valueOf(again.get("new"))?.head ?? []).toString()).toBe("later");
    again.close();
  });

  test("a locked store key stays as it is; without it nothing happens", async () => {
    const dir = newStateDir();
    const made = valueOf(await newStoreKey({ form: "passphrase", passphrase: new Secret("correct horse battery") }));
    const ports = { ...testPorts(), storeKeys: { fresh: made } };
    valueOf(openStore(dir, { mode: "write", create: true, actor: ACTOR }, ports)).close();
    const records = recordsOf(dir, made.key);
    valueOf(records.put("s", Buffer.from("head")));
    records.close();
    const untouched = bytesOfStore(dir);
    expect(codesOf(await rotateKeys(dir, because, testPorts()))).toEqual(["STORE_KEY_LOCKED"]);
    expect(bytesOfStore(dir).equals(untouched)).toBe(true);
    expect(valueOf(await rotateKeys(dir, { ...because, unlocked: made.key }, testPorts()))).toEqual({ sealed: 2, storeKey: false });
    const after = recordsOf(dir, made.key);
    expect(Buffer.from(valueOf(after.get("s"))?.head ?? []).toString()).toBe("head");
    after.close();
  });

  test.each([3, 8])("killed at write %i: everything opens, and the next rotation completes it", (kill) => {
    expect(killedAt(kill)).toBe(true);
  });
});
