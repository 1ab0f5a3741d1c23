import { randomBytes } from "node:crypto";
import { signWebhook } from "../../runtime/channels/adapters/webhook/index.ts";

export const WEBHOOK_SECRET = "webhook-secret-of-a-test-0123456789";
const API = "apiVersion: moltbot.dev/v1alpha1";

/** A webhook `hook` that `ada` may write to, beside the files of a small repository; its secret is HOOK_SECRET. */
export function webhookFiles(...more: readonly string[]): Readonly<Record<string, string>> {
  const document = (kind: string, name: string, lines: readonly string[]): string =>
    [API, `kind: ${kind}`, "metadata:", `  name: ${name}`, "spec:", ...lines.map((line) => `  ${line}`), ""].join("\n");
  return {
    "channels/hook.yaml": document("Channel", "hook", [
      "type: webhook",
      "credentials: {webhookSecret: {secret: hook, key: shared}}",
      "access: {direct: allowlist, allow: [ada]}",
      "routing: [{agent: a}]",
      "rateLimits: {perSender: 100000/min, total: 1000000/min}",
      ...more,
    ]),
    "secrets/hook.yaml": document("Secret", "hook", ["values: {shared: {env: {name: HOOK_SECRET}}}"]),
  };
}

/** One signed message. */
export async function postTo(
  url: string,
  message: object,
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const body = Buffer.from(JSON.stringify(message));
  const signed = signWebhook(WEBHOOK_SECRET, String(Math.floor(Date.now() / 1_000)), randomBytes(16).toString("hex"), body);
  const got = await fetch(`${url}/hooks/hook`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...signed, ...more },
  });
  return { status: got.status, body: (await got.json()) as Record<string, unknown> };
}
