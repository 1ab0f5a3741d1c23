import path from "node:path";
import type { Resource } from "../../core/index.ts";
import { modelFilesOf } from "../../runtime/load/index.ts";
import { findModel, INSTALL_LIBRARY, libraryFile, modelsFolder } from "../../runtime/models/index.ts";
import { doubtful, good, type Check } from "./types.ts";

/** Where a manifest names model files: the library that answers from them, and the files. Nothing of either is loaded. */
export async function modelChecks(resources: readonly Resource[], stateDir: string): Promise<readonly Check[]> {
  const files = resources.filter(({ kind }) => kind === "ModelProvider").flatMap(modelFilesOf);
  if (files.length === 0) return [];
  const library = libraryFile();
  const found = await Promise.all(
    files.map((file) => findModel(modelsFolder(stateDir), { path: file, digest: null, contextTokens: 1 }, new Map())),
  );
  const wrong = found.find((each) => each.kind === "failed");
  return [
    library === null
      ? doubtful("llama-cpp", "Model files are answered by node-llama-cpp, which is not installed beside moltbot.", INSTALL_LIBRARY)
      : good("llama-cpp", "node-llama-cpp is installed beside moltbot."),
    wrong
      ? doubtful("model-files", `A model ${wrong.detail}.`, wrong.remedy ?? "moltbot explain MODEL_FILE_UNUSABLE")
      : good("model-files", `Every model file is in ${path.basename(modelsFolder(stateDir))}/ of the state folder.`),
  ];
}
