import { expect, test } from "vitest";
import { clientTls } from "../runtime/net/index.ts";
import { tellTlsExceptions } from "./tls-notice.ts";

test("a host that is connected to with less than TLS 1.3 is said once, on one line", () => {
  const said: string[] = [];
  tellTlsExceptions({ err: (text) => void said.push(text) });
  const exceptions = [{ host: "legacy.example", minVersion: "TLSv1.2", reason: "replaced\nin March" }] as const;
  for (let i = 0; i < 2; i++) clientTls("legacy.example", exceptions);
  clientTls("other.example", exceptions);
  expect(said).toEqual(["Connecting to legacy.example with TLSv1.2 or newer, as moltbot.yaml says: replaced\\u000ain March\n"]);
});
