import os from "node:os";
import { LIMITS } from "../../core/index.ts";
import { findModel, type SeenDigests } from "./file.ts";
import { INSTALL_LIBRARY, libraryFile } from "./library.ts";
import { loadModel, type LoadedModel } from "./loaded.ts";
import type { LocalModels, ModelFailure, ModelFile, ModelPiece, ModelQuestion } from "./types.ts";

export interface ModelsPorts {
  /** Where the library is; null: nowhere. */
  readonly library?: () => string | null;
  readonly now?: () => number;
  readonly idleMs?: number;
}

interface Slot {
  readonly model: LoadedModel;
  usedAt: number;
}

/** How often a model died in a row, and until when it is left alone. */
interface Deaths {
  readonly times: number;
  readonly until: number;
}

/**
 * The models of one models folder. Nothing is read or started before the first question; each file is loaded once,
 * whoever asks, and let go after {@link LIMITS.localModelIdleMs} without questions.
 */
export function openModels(folder: string, ports: ModelsPorts = {}): LocalModels {
  const { library = libraryFile, now = () => performance.now(), idleMs = LIMITS.localModelIdleMs } = ports;
  const seen: SeenDigests = new Map();
  const loaded = new Map<string, Slot>();
  const deaths = new Map<string, Deaths>();
  const ending = new Set<Promise<void>>();
  let isClosed = false;

  function end(key: string, { model }: Slot): void {
    loaded.delete(key);
    const ended = model.end().finally(() => ending.delete(ended));
    ending.add(ended);
  }

  /** A place for one more: what was used longest ago and is not asked makes it. */
  function makeRoom(): boolean {
    if (loaded.size < LIMITS.localModels) return true;
    const idle = [...loaded].filter(([, { model }]) => model.isIdle()).sort(([, a], [, b]) => a.usedAt - b.usedAt)[0];
    if (!idle) return false;
    end(...idle);
    return true;
  }

  function died(key: string): void {
    const times = (deaths.get(key)?.times ?? 0) + 1;
    const pause = Math.min(LIMITS.localModelBackoffMs * 2 ** (times - 1), LIMITS.localModelBackoffMaxMs);
    deaths.set(key, { times, until: now() + pause });
  }

  /** Half of the processors at most: the others are for who waits for answers. */
  function start(key: string, file: string, contextTokens: number, address: string): Slot {
    const threads = Math.max(1, Math.min(Math.floor(os.availableParallelism() / 2), LIMITS.localModelThreads));
    const model = loadModel(
      { library: address, file, contextTokens, threads },
      {
        idleMs,
        answered: () => deaths.delete(key),
        gone: (isDeath) => {
          if (loaded.get(key)?.model === model) loaded.delete(key);
          if (isDeath) died(key);
        },
      },
    );
    const slot: Slot = { model, usedAt: now() };
    loaded.set(key, slot);
    return slot;
  }

  async function* ask(wanted: ModelFile, question: ModelQuestion, signal: AbortSignal): AsyncGenerator<ModelPiece, void> {
    const model = await modelFor(wanted);
    if ("kind" in model) yield model;
    else yield* model.ask(question, signal);
  }

  /** The model, loaded now if it is not yet; or why not. */
  async function modelFor(wanted: ModelFile): Promise<LoadedModel | ModelFailure> {
    const address = library();
    if (address === null) return noLibrary();
    const found = await findModel(folder, wanted, seen);
    if (found.kind === "failed") return found;
    if (isClosed) return unavailable("is being stopped");
    const contextTokens = Math.min(wanted.contextTokens, LIMITS.localModelContextTokens);
    const key = `${found.file}\n${found.facts}\n${contextTokens}`;
    let slot = loaded.get(key);
    if (!slot) {
      const rest = (deaths.get(key)?.until ?? 0) - now();
      if (rest > 0) return unavailable(`died a moment ago and is left alone for ${Math.ceil(rest)} ms`, true);
      if (!makeRoom())
        return unavailable(`cannot be loaded: ${LIMITS.localModels} others are being asked, and no more may be loaded`, true);
      slot = start(key, found.file, contextTokens, address);
    }
    slot.usedAt = now();
    return slot.model;
  }

  return {
    ask,
    close: async () => {
      isClosed = true;
      for (const [key, slot] of loaded) end(key, slot);
      await Promise.all(ending);
    },
  };
}

function noLibrary(): ModelFailure {
  return {
    kind: "failed",
    code: "MODEL_LIBRARY_MISSING",
    detail: "is answered in process by node-llama-cpp, which is not installed beside moltbot",
    remedy: `Install it where moltbot is installed; nothing is built or downloaded later:\n${INSTALL_LIBRARY}`,
  };
}

function unavailable(detail: string, isPassing = false): ModelFailure {
  return { kind: "failed", code: "PROVIDER_UNAVAILABLE", detail, isPassing };
}
