import { describe, expect, test } from "vitest";
import { KINDS } from "../../schemas/index.ts";
import { credentialIn } from "./address-secrets.ts";
import { parseFile } from "./index.ts";
import { validateDocument } from "./validate-document.ts";

function found(kind: string, spec: object): readonly string[] {
  const text = JSON.stringify({ apiVersion: "moltbot.dev/v1alpha1", kind, metadata: { name: "a" }, spec });
  const { documents } = parseFile({ path: "a.json", bytes: new TextEncoder().encode(text), blobId: null });
  return documents.flatMap((document) =>
    validateDocument(document, KINDS).diagnostics.map((each) => `${each.code} ${each.origin?.pointer} ${each.detail}`),
  );
}

describe("a credential in an address", () => {
  const CANARY = "canary-93b1f0c2";
  test.each<[string, string, object, string]>([
    ["user and password", "ModelProvider", { type: "ollama", endpoint: `https://u:${CANARY}@api.example/v1` }, "/spec/endpoint"],
    ["a token as user", "ModelProvider", { type: "ollama", endpoint: `https://${CANARY}@api.example` }, "/spec/endpoint"],
    ["a key in the query", "ModelProvider", { type: "ollama", endpoint: `https://api.example/?api_key=${CANARY}` }, "/spec/endpoint"],
    [
      "a token in the query",
      "McpServer",
      { transport: { http: { url: `https://mcp.example/?x=1&token=${CANARY}` } } },
      "/spec/transport/http/url",
    ],
    [
      "of a web socket",
      "McpServer",
      { transport: { websocket: { url: `wss://mcp.example/?auth=${CANARY}` } } },
      "/spec/transport/websocket/url",
    ],
  ])("%s is refused once, and not repeated", (_name, kind, spec, pointer) => {
    const diagnostics = found(kind, spec);
    expect(diagnostics).toEqual([expect.stringContaining(`SECRET_PLAINTEXT ${pointer}`)]);
    expect(diagnostics.join()).not.toContain(CANARY);
  });

  test.each([
    "https://api.example/v1",
    "https://api.example/?api-version=2&region=eu",
    "http://127.0.0.1:8080",
    "https://api.example/?token=",
  ])("%s has none", (url) => {
    expect([credentialIn(url), found("ModelProvider", { type: "ollama", endpoint: url })]).toEqual([undefined, []]);
  });
});
