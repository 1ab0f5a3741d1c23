/** Where this checkout is, and how a child process of ours ended. Shared by the scripts. */
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "..");

/** What our own settings may reach the tests: everything else that starts with MOLTBOT_ would change what they see. */
const KEPT = new Set(["MOLTBOT_CORPUS", "MOLTBOT_OPA", "MOLTBOT_EXPECT_NODE"]);

/**
 * The environment of every tool and test: the checkout's own Node first on PATH, and neither the
 * user's git settings (identity, signing, hooks) nor their moltbot settings.
 */
export function cleanEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("MOLTBOT_") || KEPT.has(name));
  return {
    ...Object.fromEntries(kept),
    PATH: [path.join(ROOT, "node_modules", ".bin"), process.env["PATH"] ?? ""].join(path.delimiter),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    ...extra,
  };
}

/** @returns the exit code, with "killed by a signal" and "could not start" as failures. */
export function exitStatus(ended: { readonly status: number | null; readonly error?: Error | undefined }): number {
  if (ended.error) console.error(ended.error.message);
  return ended.status ?? 1;
}
