import { createHash, createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemClock, type Result } from "../../core/index.ts";
import { bytesToSign } from "../auth/index.ts";
import { deviceKeyFor, deviceKeyText, gatewayOrigin, openClient, readDeviceKey, type DeviceKey } from "./index.ts";

const [OURS, THEIRS] = ["a".repeat(32), "f".repeat(32)];
const NEVER = new AbortController().signal;
const { privateKey: key, publicKey } = generateKeyPairSync("ed25519");

/** A gateway that says it has this store, and what it was sent. */
async function gateway(lineage: string) {
  const asked: http.IncomingMessage[] = [];
  const server = http.createServer((request, response) => {
    asked.push(request);
    response.setHeader("content-type", "application/json").end(JSON.stringify({ lineage }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** For which of the stores a request was signed. */
function signedFor({ headers, method = "", url = "" }: http.IncomingMessage): readonly string[] {
  const [, name = "", time = "", nonce = "", signature = ""] =
    /key="([^"]+)", time="([^"]+)", nonce="([^"]+)", signature="([^"]+)"/.exec(headers.authorization ?? "") ?? [];
  const bodySha256 = createHash("sha256").update("").digest("hex");
  return [OURS, THEIRS].filter((lineage) =>
    verify(
      null,
      bytesToSign({ lineage, method, target: url, bodySha256, time, nonce, key: name }),
      createPublicKey(publicKey.export({ format: "pem", type: "spki" })),
      Buffer.from(signature, "base64"),
    ),
  );
}

function clientOf(url: string, device: Result<DeviceKey>) {
  return openClient({ place: { url }, clock: systemClock, proof: { kind: "device", key: () => device } });
}

function folder(): string {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-client-"));
  onTestFinished(() => fs.rmSync(dir, { recursive: true }));
  return dir;
}

function keep(dir: string, name: string, lineage: string, url: string | null): string {
  const file = path.join(dir, `${name}.pem`);
  fs.writeFileSync(file, deviceKeyText(key, lineage, url), { mode: 0o600 });
  return file;
}

describe("a device key", () => {
  test("signs for the store it was made known to, whatever the one that answers says it has", async () => {
    const { asked, url } = await gateway(THEIRS);
    const client = clientOf(url, readDeviceKey(keep(folder(), "laptop", OURS, url)));
    await client.ask("GET", "/v2/agents", null, NEVER);
    expect(asked.map((each) => [each.url, signedFor(each)])).toEqual([["/v2/agents", [OURS]]]);
    const store = await client.lineage(NEVER);
    expect(store.ok ? store.value : store.diagnostics[0]?.code).toBe("GATEWAY_KEY");
  });

  test("that names no store signs for the one that answers", async () => {
    const { asked, url } = await gateway(THEIRS);
    await clientOf(url, { ok: true, value: { name: "laptop", key }, warnings: [] }).ask("GET", "/v2/agents", null, NEVER);
    expect(asked.map((each) => each.url)).toEqual(["/v2/auth", "/v2/agents"]);
    expect(asked.slice(1).map(signedFor)).toEqual([[THEIRS]]);
  });

  test("of a login at that address is taken, else the only one for any address", () => {
    const dir = folder();
    const [here, there] = ["https://bots.acme.example", "https://other.acme.example"];
    expect(deviceKeyFor(path.join(dir, "none"), here)).toBeUndefined();
    const any = keep(dir, "ci", OURS, null);
    const own = keep(dir, "laptop", OURS, here);
    expect([deviceKeyFor(dir, here), deviceKeyFor(dir, there)]).toEqual([own, any]);
    keep(dir, "second", OURS, null);
    expect([deviceKeyFor(dir, here), deviceKeyFor(dir, there)]).toEqual([own, undefined]);
  });

  test("that others could read, or that is none, is not used", () => {
    const dir = folder();
    const file = keep(dir, "laptop", OURS, null);
    fs.chmodSync(file, 0o640);
    const other = path.join(dir, "other.pem");
    fs.writeFileSync(other, "no key", { mode: 0o600 });
    const codes = [file, other, path.join(dir, "gone.pem")].map((each) => {
      const read = readDeviceKey(each);
      return read.ok ? "" : read.diagnostics[0]?.code;
    });
    expect(codes).toEqual(["GATEWAY_KEY", "GATEWAY_KEY", "GATEWAY_KEY"]);
  });
});

test.each([
  ["https://bots.acme.example/path", "https://bots.acme.example"],
  ["http://127.0.0.1:8790", "http://127.0.0.1:8790"],
  ["http://bots.acme.example", undefined],
  ["https://ada@bots.acme.example", undefined],
  ["https://bots.acme.example/?token=a", undefined],
  ["ftp://127.0.0.1", undefined],
  ["bots", undefined],
])("the address %s", (text, due) => {
  expect(gatewayOrigin(text)).toBe(due);
});
