import { caution, problem, type Address, type Diagnostic, type Origin } from "../core/index.ts";
import type { ProjectFacts } from "./project.ts";

/**
 * What is wrong with `moved` in moltbot.yaml: a move keeps the kind, and what moved away is not declared
 * any more, and nothing moves twice or to where another does. A move to an address that nobody declares (any more) means nothing, and is remarked on.
 */
export function moveProblems({ moves, written }: ProjectFacts, isDeclared: (address: Address) => boolean): readonly Diagnostic[] {
  const sources = new Set(moves.map(({ from }) => from));
  const [toOf, fromOf] = [new Map<Address, Address>(), new Map<Address, Address>()];
  return moves.flatMap(({ from, to }, i): Diagnostic[] => {
    const at = (field: "from" | "to"): Origin => ({
      file: written.file,
      document: written.document,
      pointer: `/spec/moved/${i}/${field}`,
      part: "value",
    });
    if (from.split("/")[0] !== to.split("/")[0]) {
      const detail = `${from} cannot become ${to}: a move keeps the kind.`;
      return [problem("MOVE_INVALID", { detail, remedy: "Remove the entry: the one is deleted, the other created.", origin: at("to") })];
    }
    if (isDeclared(from)) {
      const detail = `${from} is said to have moved to ${to}, but it is still declared.`;
      return [problem("MOVE_INVALID", { detail, remedy: `Remove ${from}, or the entry.`, origin: at("from") })];
    }
    const [other, before] = [toOf.get(from) ?? to, fromOf.get(to) ?? from];
    toOf.set(from, other);
    fromOf.set(to, before);
    if (other !== to) return [twice(`${from} is said to have moved to ${other} and to ${to}.`, at("to"))];
    if (before !== from) return [twice(`Both ${before} and ${from} are said to have moved to ${to}.`, at("to"))];
    // Moved on since: the entry after it says where to.
    if (isDeclared(to) || sources.has(to)) return [];
    return [
      caution("MOVE_INVALID", {
        detail: `${from} is said to have moved to ${to}, which no file declares.`,
        remedy: "Correct the name, or remove the entry.",
        origin: at("to"),
      }),
    ];
  });
}

function twice(detail: string, origin: Origin): Diagnostic {
  return problem("MOVE_INVALID", { detail, remedy: "Keep the one that is true.", origin });
}
