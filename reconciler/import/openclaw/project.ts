import type { Address } from "../../../core/index.ts";
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
  if (draft.get(address, [...listen, "address"]) === "0.0.0.0") {
    draft.task(
      "The gateway listens on every network of its machine, as the source says. Set spec.target.listen.address to 127.0.0.1 if that is not needed.",
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

const ANYWHERE: Readonly<Record<string, string>> = { loopback: "127.0.0.1", localhost: "127.0.0.1", lan: "0.0.0.0" };

/** A word for an address, or an address. `tailnet`, `auto` and host names are none that could be listened on. */
function addressOfBind(node: SourceNode): string | undefined {
  const text = (textOf(node) ?? "").trim().toLowerCase();
  if (Object.hasOwn(ANYWHERE, text)) return ANYWHERE[text];
  return /^\d{1,3}(\.\d{1,3}){3}$|^[0-9a-f:]*:[0-9a-f:]*$/.test(text) ? text : undefined;
}

function carryEndpoint(draft: Draft, address: Address, enabled: SourceNode | undefined, name: string): void {
  if (enabled && booleanOf(enabled) === true) draft.push(address, ["spec", "target", "listen", "endpoints"], name, [enabled]);
  else if (booleanOf(enabled) === false) draft.accounts.leave(enabled, "An interface that is not named is not offered.");
}
