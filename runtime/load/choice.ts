import type { JsonObject } from "../../core/index.ts";
import { durationAt, numberAt, textAt, textsAt } from "./read-spec.ts";
import type { ModelChoice } from "./types.ts";

const THINKING = ["off", "minimal", "low", "medium", "high"] as const;

/** A model of a provider, and how to ask it; undefined where it names none. */
export function choiceOf(model: JsonObject): ModelChoice | undefined {
  const provider = textAt(model, "provider");
  const name = textAt(model, "name");
  if (provider === undefined || name === undefined) return undefined;
  const temperature = numberAt(model, "temperature");
  const topP = numberAt(model, "topP");
  const maxTokens = numberAt(model, "maxTokens");
  const thinking = THINKING.find((level) => level === textAt(model, "thinking"));
  const timeoutMs = durationAt(model, "timeout");
  const stop = textsAt(model, "stop");
  return {
    provider,
    model: name,
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(stop.length > 0 ? { stop } : {}),
    ...(thinking === undefined ? {} : { thinking }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
}
