import { EXIT, type Result } from "../core/index.ts";
import type { Compared } from "../reconciler/engine.ts";
import { Flags } from "./flags.ts";
import { conclude, type Session } from "./session.ts";
import { UsageError } from "./usage.ts";
import { comparedViews } from "./views/compared.ts";

/** Shared by `diff` and `policy diff`. */
export const COMPARISON_FLAGS = {
  from: Flags.string({
    helpValue: "REV",
    description: "compare with this: a commit, branch or tag, or generation:N of the target (default: HEAD)",
    env: "MOLTBOT_FROM",
  }),
  to: Flags.string({
    helpValue: "REV",
    description: "what it came to: a commit, branch or tag, or generation:N (default: --ref, else the files on disk)",
    env: "MOLTBOT_TO",
  }),
  "detailed-exitcode": Flags.boolean({ description: "exit 2 when they differ", env: "MOLTBOT_DETAILED_EXITCODE" }),
};

interface ComparisonFlags {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly "detailed-exitcode": boolean;
}

const CHANGED = 2;

export async function compareIn(session: Session, flags: ComparisonFlags, part: "all" | "policy"): Promise<number> {
  for (const name of ["from", "to"] as const) if (flags[name]?.trim() === "") throw new UsageError(`--${name} needs a value.`);
  if (flags.to !== undefined && session.query.ref !== undefined) throw new UsageError("--to and --ref say the same; give one of them.");
  const { compareDesired } = await import("../reconciler/engine.ts");
  const comparison = { from: flags.from ?? "HEAD", to: flags.to ?? session.query.ref ?? null };
  const result: Result<Compared> = await compareDesired(comparison, session.query, await session.world());
  const differs = ({ changes, decisions }: Compared): boolean => (part === "all" ? changes.length > 0 : decisions.flipsInAll > 0);
  return conclude(session, result, {
    views: comparedViews(part),
    code: (value) => (flags["detailed-exitcode"] && differs(value) ? CHANGED : EXIT.ok),
  });
}
