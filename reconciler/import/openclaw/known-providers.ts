/**
 * Providers whose name says where they are: used for models of a provider that the configuration names
 * but does not describe. The addresses are those the providers publish for the protocol of that type.
 */
interface KnownProvider {
  readonly type: "anthropic" | "openai-compatible" | "ollama" | "llama-cpp";
  readonly endpoint?: string;
}

const openai = (endpoint: string): KnownProvider => ({ type: "openai-compatible", endpoint });

const KNOWN: Readonly<Record<string, KnownProvider>> = {
  anthropic: { type: "anthropic" },
  ollama: { type: "ollama", endpoint: "http://127.0.0.1:11434" },
  openai: openai("https://api.openai.com/v1"),
  openrouter: openai("https://openrouter.ai/api/v1"),
  google: openai("https://generativelanguage.googleapis.com/v1beta/openai"),
  gemini: openai("https://generativelanguage.googleapis.com/v1beta/openai"),
  groq: openai("https://api.groq.com/openai/v1"),
  mistral: openai("https://api.mistral.ai/v1"),
  deepseek: openai("https://api.deepseek.com/v1"),
  xai: openai("https://api.x.ai/v1"),
  moonshot: openai("https://api.moonshot.ai/v1"),
  cerebras: openai("https://api.cerebras.ai/v1"),
  together: openai("https://api.together.xyz/v1"),
  nvidia: openai("https://integrate.api.nvidia.com/v1"),
  fireworks: openai("https://api.fireworks.ai/inference/v1"),
  perplexity: openai("https://api.perplexity.ai"),
  huggingface: openai("https://router.huggingface.co/v1"),
  minimax: { type: "anthropic", endpoint: "https://api.minimax.io/anthropic" },
  lmstudio: openai("http://127.0.0.1:1234/v1"),
  vllm: openai("http://127.0.0.1:8000/v1"),
};

export function knownProvider(id: string): KnownProvider | undefined {
  const key = id.toLowerCase();
  return Object.hasOwn(KNOWN, key) ? KNOWN[key] : undefined;
}

/** Whose model a bare name is, by how it begins. OpenClaw itself takes a bare name for one of Anthropic's. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^claude/i, "anthropic"],
  [/^(?:gpt|o[1-9]|chatgpt|text-embedding)/i, "openai"],
  [/^gemini/i, "google"],
  [/^grok/i, "xai"],
  [/^deepseek/i, "deepseek"],
  [/^(?:kimi|moonshot)/i, "moonshot"],
  [/^minimax/i, "minimax"],
  [/^(?:mistral|codestral|magistral)/i, "mistral"],
];

export function providerOfBareModel(model: string): string {
  return FAMILIES.find(([form]) => form.test(model))?.[1] ?? "anthropic";
}

/** The protocols of OpenClaw's `api` that moltbot speaks. */
export const APIS: Readonly<Record<string, { readonly type: KnownProvider["type"]; readonly api?: string }>> = {
  "openai-completions": { type: "openai-compatible", api: "chat-completions" },
  "openai-responses": { type: "openai-compatible", api: "responses" },
  "anthropic-messages": { type: "anthropic", api: "messages" },
  ollama: { type: "ollama" },
};

/** A host that can never be reached (RFC 2606): what a provider without an address points to until a person says where it is. */
export function nowhere(name: string): string {
  return `https://${name}.invalid/v1`;
}
