const compiled = process.env["MOLTBOT_TEST_COMPILED"];

/** Where processes with a home of their own find V8's compiled code of the built CLI, so that each does not compile it anew. */
export const COMPILED: Readonly<Record<string, string>> =
  compiled === undefined ? { NODE_DISABLE_COMPILE_CACHE: "1" } : { NODE_COMPILE_CACHE: compiled };
