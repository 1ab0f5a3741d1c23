/**
 * cmd/checkup: what `doctor` looks at, one check a line: the machine, the repository, the state folder.
 * Reads only. Offers {@link runCheckup}.
 */
import path from "node:path";
import type { Session } from "../session.ts";
import { machineChecks } from "./machine.ts";
import { pluginChecks } from "./plugins.ts";
import { stateChecks, unreadableState } from "./state.ts";
import { treeChecks } from "./tree.ts";
import type { Check } from "./types.ts";

export type { Check, CheckStatus } from "./types.ts";

/** Every check, in the order in which one would mend what they find. */
export async function runCheckup(session: Session): Promise<readonly Check[]> {
  const world = await session.world();
  const machine = await machineChecks(session);
  const tree = await treeChecks(session.query, world);
  const dir = session.query.state ?? tree.place?.state ?? path.join(session.query.repo, ".moltbot");
  return [...machine, ...tree.checks, ...(await stateOf(dir))];

  async function stateOf(folder: string): Promise<readonly Check[]> {
    try {
      return [...stateChecks(folder, world), ...(await pluginChecks(folder, world))];
    } catch (error) {
      return [unreadableState(folder, error)];
    }
  }
}
