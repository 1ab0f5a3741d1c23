import type { Draft } from "../draft.ts";
import { variableOf } from "../env-text.ts";
import { at, entriesOf, scalarOf, textOf, type SourceNode } from "../json5/tree.ts";
import { isSecretNode, secretAt, secretKeptElsewhere } from "../secrets.ts";
import type { Providers } from "./providers.ts";

const MODES: Readonly<Record<string, string>> = { api_key: "api-key", token: "token", oauth: "oauth" };

/**
 * `auth.profiles`: which accounts there are for a provider. Their keys are in a file of OpenClaw's own, so
 * each becomes a Secret value that a person brings over.
 */
export function carryProfiles(draft: Draft, providers: Providers, profiles: SourceNode | undefined): void {
  const entries = entriesOf(profiles).flatMap(([profile, node]) => {
    const id = textOf(at(node, "provider")) ?? profile.split(":")[0] ?? "";
    return id === "" ? [] : [{ profile, node, provider: providers.need(id) }];
  });
  const hasOwnKey = new Set(
    entries.map(({ provider }) => provider.address).filter((address) => draft.get(address, ["spec", "credentials"]) !== undefined),
  );
  for (const { profile, node, provider } of entries) {
    const mode = at(node, "mode");
    const auth = MODES[textOf(mode) ?? ""];
    const said = at(node, "provider");
    if (said) draft.accounts.carried(said, { address: provider.address, pointer: "/metadata/name" });
    if (!mode || auth === undefined) continue;
    draft.put(provider.address, ["spec", "auth"], auth, [mode]);
    // The key stands in the configuration; the profile only repeats that there is one.
    if (hasOwnKey.has(provider.address)) continue;
    const how = `OpenClaw keeps the ${auth === "oauth" ? "login" : "key"} of the profile "${profile}" in its auth-profiles.json.`;
    const ref = secretKeptElsewhere(draft, provider.name, profile.slice(profile.indexOf(":") + 1), how, [mode]);
    if (draft.get(provider.address, ["spec", "credentials"]) === undefined)
      draft.put(provider.address, ["spec", "credentials"], ref, [mode]);
  }
}

/** Variables whose name says whose key they hold. */
const KEYS: Readonly<Record<string, string>> = {
  ANTHROPIC_API_KEY: "anthropic",
  OPENAI_API_KEY: "openai",
  OPENROUTER_API_KEY: "openrouter",
  GOOGLE_API_KEY: "google",
  GEMINI_API_KEY: "google",
  GROQ_API_KEY: "groq",
  MISTRAL_API_KEY: "mistral",
  DEEPSEEK_API_KEY: "deepseek",
  XAI_API_KEY: "xai",
  MOONSHOT_API_KEY: "moonshot",
  CEREBRAS_API_KEY: "cerebras",
  TOGETHER_API_KEY: "together",
  MINIMAX_API_KEY: "minimax",
  KIMI_API_KEY: "kimi",
  NVIDIA_API_KEY: "nvidia",
  OLLAMA_API_KEY: "ollama",
};

/**
 * `env`: variables that OpenClaw sets for itself. A provider's key becomes its credentials; a variable
 * that is only handed on is there already; other secrets are kept as Secret values.
 */
export function carryEnvironment(draft: Draft, providers: Providers, env: SourceNode | undefined): void {
  const variables = [...entriesOf(env).filter(([, node]) => node.kind === "leaf"), ...entriesOf(at(env, "vars"))];
  for (const [name, node] of variables) {
    const provider = Object.hasOwn(KEYS, name) ? KEYS[name] : undefined;
    const used = provider !== undefined && providers.ids().includes(provider) ? providers.need(provider) : undefined;
    if (used && draft.get(used.address, ["spec", "credentials"]) === undefined && scalarOf(node) !== undefined) {
      const ref = secretAt(draft, node, used.name, "api-key");
      if (ref) draft.put(used.address, ["spec", "credentials"], ref, [node]);
    } else if (variableOf(textOf(node) ?? "") === name) {
      draft.accounts.leave(node, "It hands on a variable of the same name, which the runtime has in its environment anyway.");
    } else if (isSecretNode(draft, node)) {
      secretAt(draft, node, "environment", name);
    }
  }
}
