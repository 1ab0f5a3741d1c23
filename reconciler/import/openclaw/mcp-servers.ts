import type { Address } from "../../../core/index.ts";
import type { Draft } from "../draft.ts";
import { elsewhereOf, hasVariable, variableOf } from "../env-text.ts";
import { at, booleanOf, entriesOf, itemsOf, textOf, type SourceNode } from "../json5/tree.ts";
import { isSecretNode, secretAt, secretFrom } from "../secrets.ts";
import { isSecretName } from "../secret-text.ts";
import { asBoolean, asDuration, asText, type Convert } from "./convert.ts";
import { carry, carryId } from "./gateway.ts";
import { carryHeaders, carryTexts, noSubstitution } from "./headers.ts";

/** `mcp.servers`, as a mapping or as a list of entries with `name`. @returns the names of the servers. */
export function carryMcpServers(draft: Draft, servers: SourceNode | undefined): readonly string[] {
  const listed = servers?.kind === "list" ? servers.items.map((node) => [textOf(at(node, "name")), at(node, "name"), node] as const) : [];
  const mapped = entriesOf(servers).map(([id, node]) => [id, undefined, node] as const);
  const all = [...listed, ...mapped];
  draft.names("McpServer").expect(all.flatMap(([id, , node]) => (id === undefined || transportOf(node) === undefined ? [] : [id])));
  return all.flatMap(([id, label, node]) => {
    const kind = transportOf(node);
    if (id === undefined || kind === undefined) return [];
    return [carryServer(draft, { id, label, node, kind })];
  });
}

type Transport = "stdio" | "http" | "sse" | "websocket";

interface Server {
  readonly id: string;
  readonly label: SourceNode | undefined;
  readonly node: SourceNode;
  readonly kind: Transport;
}

function transportOf(node: SourceNode): Transport | undefined {
  const url = textOf(at(node, "url"));
  if (url === undefined) return textOf(at(node, "command")) === undefined ? undefined : "stdio";
  if (/^wss?:/i.test(url)) return "websocket";
  return /sse/i.test(textOf(at(node, "transport")) ?? textOf(at(node, "type")) ?? "") ? "sse" : "http";
}

/** The server of that configuration; one that says exactly the same as an earlier one of the same id is that one. */
function carryServer(draft: Draft, server: Server): string {
  const { id, label, node, kind } = server;
  const name = draft.names("McpServer").take(id, "server");
  const address = draft.create("McpServer", name, id, node);
  carryId(draft, address, label);
  const said = at(node, "transport") ?? at(node, "type");
  if (kind === "stdio") carryProgram(draft, address, node, name);
  else carryAddress(draft, address, node, kind, name);
  if (said && textOf(said) !== undefined) draft.accounts.carried(said, { address, pointer: `/spec/transport/${kind}` });
  carry(draft, at(node, "enabled"), address, ["spec", "enabled"], asBoolean);
  carryTools(draft, address, at(node, "toolFilter"));
  const time = (key: string, field: string, unit: "s" | "ms"): void => {
    carry(draft, at(node, key), address, ["spec", "limits", field], asDuration(unit));
  };
  time("connectTimeout", "connectTimeout", "s");
  time("connectionTimeoutMs", "connectTimeout", "ms");
  time("timeout", "timeout", "s");
  time("requestTimeoutMs", "timeout", "ms");
  return name;
}

function carryProgram(draft: Draft, address: Address, node: SourceNode, owner: string): void {
  const path = ["spec", "transport", "stdio"];
  if (!carry(draft, at(node, "command"), address, [...path, "command"], plainText(draft)))
    unusable(draft, address, [...path, "command"], "false", "command");
  const args = itemsOf(at(node, "args"));
  for (const [i, item] of args.entries()) {
    const isSecret = isSecretNode(draft, item) || isSecretArgument(textOf(args[i - 1]) ?? "", textOf(item) ?? "");
    carryArgument(draft, address, [...path, "args"], { item, owner, isSecret });
  }
  carryTexts(draft, address, [...path, "env"], at(node, "env"), owner);
  carry(draft, at(node, "cwd"), address, [...path, "folder"], asText);
}

/** `--token VALUE` and `--token=VALUE`. A variable is no secret itself. */
function isSecretArgument(before: string, text: string): boolean {
  const [, inline, value] = /^-+([A-Za-z][\w-]*)=(.+)$/.exec(text) ?? [];
  if (inline !== undefined) return isSecretName(inline) && !hasVariable(value ?? "");
  const [, flag] = /^-+([A-Za-z][\w-]*)$/.exec(before) ?? [];
  return flag !== undefined && isSecretName(flag) && !text.startsWith("-") && !hasVariable(text);
}

/** Arguments are visible to every process, so a secret cannot stand there: the server waits until a person decides. */
function carryArgument(
  draft: Draft,
  address: Address,
  path: readonly string[],
  { item, owner, isSecret }: { readonly item: SourceNode; readonly owner: string; readonly isSecret: boolean },
): void {
  if (isSecret) {
    secretAt(draft, item, owner, "argument");
    draft.push(address, path, "SECRET-WAS-HERE", [item]);
    draft.put(address, ["spec", "enabled"], false, []);
    draft.task(
      "An argument of this server was a secret. Let the server read it from a variable (spec.transport.stdio.env), then enable it.",
      address,
    );
    return;
  }
  const text = textOf(item) ?? String(booleanOf(item) ?? "");
  if (!draft.push(address, path, text, [item])) return;
  if (hasVariable(text)) noSubstitution(draft, address, item);
}

function plainText(draft: Draft): Convert {
  return (node) => (isSecretNode(draft, node) ? undefined : asText(node));
}

function carryAddress(draft: Draft, address: Address, node: SourceNode, kind: Transport, owner: string): void {
  const path = ["spec", "transport", kind];
  if (!carry(draft, at(node, "url"), address, [...path, "url"], plainText(draft))) {
    unusable(draft, address, [...path, "url"], kind === "websocket" ? `wss://${owner}.invalid` : `https://${owner}.invalid`, "address");
  }
  const headers = entriesOf(at(node, "headers"));
  const bearer = headers.find(([name]) => name.toLowerCase() === "authorization")?.[1];
  if (bearer && carryBearer(draft, address, bearer, owner)) carryOtherHeaders(draft, address, [...path, "headers"], headers, owner);
  else carryHeaders(draft, address, [...path, "headers"], at(node, "headers"), owner);
}

/** `Bearer ${TOKEN}`: the token alone is the secret. */
function carryBearer(draft: Draft, address: Address, node: SourceNode, owner: string): boolean {
  const [, token] = /^Bearer\s+(\S+)$/i.exec(textOf(node) ?? "") ?? [];
  if (token === undefined) return false;
  const name = variableOf(token);
  if (name === undefined && hasVariable(token)) return false;
  const origin = name === undefined ? { from: "here" as const, value: token } : { from: "env" as const, name };
  return draft.put(address, ["spec", "auth", "bearer", "token"], secretFrom(draft, node, origin, owner, "token"), [node]);
}

function carryOtherHeaders(
  draft: Draft,
  address: Address,
  path: readonly string[],
  headers: readonly (readonly [string, SourceNode])[],
  owner: string,
): void {
  for (const [name, value] of headers) {
    if (name.toLowerCase() === "authorization") continue;
    const ref = isSecretNode(draft, value) || elsewhereOf(value) ? secretAt(draft, value, owner, name) : undefined;
    const plain = ref ?? textOf(value);
    if (plain !== undefined) draft.put(address, [...path, name.toLowerCase()], plain, [value]);
  }
}

/** OpenClaw offers every tool unless a filter says less; `*` says the same. */
function carryTools(draft: Draft, address: Address, filter: SourceNode | undefined): void {
  for (const item of itemsOf(at(filter, "include"))) draft.push(address, ["spec", "tools", "allow"], textOf(item) ?? "", [item]);
  for (const item of itemsOf(at(filter, "exclude"))) draft.push(address, ["spec", "tools", "deny"], textOf(item) ?? "", [item]);
  if (draft.get(address, ["spec", "tools", "allow"]) === undefined) draft.imply(address, ["spec", "tools", "allow"], ["*"]);
}

/** What a server cannot do without, where the source's own cannot stand: it is kept, but never started. */
function unusable(draft: Draft, address: Address, path: readonly string[], value: string, what: string): void {
  draft.imply(address, path, value);
  draft.put(address, ["spec", "enabled"], false, []);
  draft.task(`Write the ${what} of this server, then enable it: the source's could not be carried.`, address);
}
