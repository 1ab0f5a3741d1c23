import type http from "node:http";
import type https from "node:https";

/**
 * `node:http` and `node:https` when they are first used, and without their faces as ES modules: whoever imports those
 * reads every export, one of which loads a whole `fetch` that nothing here uses (12 MiB, and a fifth of a command's start).
 */
export const nodeHttp = (): typeof http => process.getBuiltinModule("node:http");
export const nodeHttps = (): typeof https => process.getBuiltinModule("node:https");
