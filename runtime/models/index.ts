/**
 * runtime/models: model files of this machine, answered by llama.cpp without a server. The library is an optional
 * peer; it runs in a process of its own for each model, so that its death is not the gateway's.
 */
export { INSTALL_LIBRARY, libraryFile } from "./library.ts";
export { findModel, modelsFolder } from "./file.ts";
export { openModels, type ModelsPorts } from "./models.ts";
export type { LocalModels, ModelFile, ModelPiece, ModelQuestion, Said, SaidCall } from "./types.ts";
