import { isLoopback, type Address } from "../../../core/index.ts";
import type { Draft } from "../draft.ts";
import { at, booleanOf, itemsOf, textOf, type SourceNode } from "../json5/tree.ts";
import type { ImportOptions } from "../types.ts";
import { asInteger, oneOf } from "./convert.ts";
import { carry } from "./gateway.ts";

/**
 * The Project of an import: our own runtime, where it listens, and the levels of the rules that would deny
 * what was imported, where somebody found out which those are.
 */
export function carryProject(draft: Draft, options: ImportOptions): Address {
  const address = draft.create("Project", options.project);
  const gateway = at(draft.root, "gateway");
  draft.imply(address, ["spec", "target", "type"], "embedded");
  carry(draft, at(gateway, "mode"), address, ["spec", "target", "type"], oneOf({ local: "embedded" }));
  const listen = ["spec", "target", "listen"];
  carry(draft, at(gateway, "bind") ?? at(gateway, "host"), address, [...listen, "address"], addressOfBind);
  carry(draft, at(gateway, "port"), address, [...listen, "port"], asInteger);
  if (isOfNetwork(at(gateway, "bind") ?? at(gateway, "host"))) {
    draft.task(
      "The source listens on a network; here the gateway listens on its own machine. Set spec.target.listen.address, with spec.target.listen.tls (a certificate and its key), if others must reach it.",
      address,
    );
  }
  for (const origin of itemsOf(at(gateway, "controlUi", "allowedOrigins")))
    draft.push(address, [...listen, "allowedOrigins"], textOf(origin) ?? "", [origin]);
  for (const proxy of itemsOf(at(gateway, "trustedProxies")))
    draft.push(address, [...listen, "trustedProxies"], textOf(proxy) ?? "", [proxy]);
  carryEndpoint(draft, address, at(gateway, "http", "endpoints", "chatCompletions", "enabled"), "openai-chat");
  carryEndpoint(draft, address, at(gateway, "http", "endpoints", "responses", "enabled"), "openai-responses");
  const recipients = [...(options.recipients ?? [])].sort();
  if (recipients.length > 0) draft.imply(address, ["spec", "secrets", "rules"], [{ path: "*", recipients }]);
  for (const { rule, level } of options.rules ?? []) draft.imply(address, ["spec", "policies", "rules", rule], level);
  return address;
}

/** An address of this machine, or a word for one. On any other a gateway needs a certificate, which the source does not have. */
function addressOfBind(node: SourceNode): string | undefined {
  const text = (textOf(node) ?? "").trim().toLowerCase();
  if (text === "loopback" || text === "localhost") return "127.0.0.1";
  return isLoopback(text) ? text : undefined;
}

/** `tailnet`, `auto` and host names say less, and are left to whoever reads the report. */
function isOfNetwork(node: SourceNode | undefined): boolean {
  const text = (node ? (textOf(node) ?? "") : "").trim().toLowerCase();
  return !isLoopback(text) && (text === "lan" || /^\d{1,3}(\.\d{1,3}){3}$|^[0-9a-f:]*:[0-9a-f:]*$/.test(text));
}

function carryEndpoint(draft: Draft, address: Address, enabled: SourceNode | undefined, name: string): void {
  if (enabled && booleanOf(enabled) === true) draft.push(address, ["spec", "target", "listen", "endpoints"], name, [enabled]);
  else if (booleanOf(enabled) === false) draft.accounts.leave(enabled, "An interface that is not named is not offered.");
}
