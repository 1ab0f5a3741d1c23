import { EXIT, type Result } from "../core/index.ts";
import type { Query, World } from "../reconciler/types.ts";
import type { Planned } from "../reconciler/engine.ts";
import { planProblems } from "./plan-problems.ts";
import { conclude, type Session } from "./session.ts";
import { planViews } from "./views/plan.ts";

/** What is not seen as a saved file (the record moved, an instant passed) is seen after so long. */
const LOOK_AGAIN_MS = 60_000;

/**
 * Plans, and again whenever a file is saved, until it is told to stop. A plan that is the same as the
 * last one is not shown again; a tree that is broken is told, and the next good one is planned.
 *
 * @returns 0: being stopped is how it ends.
 */
export async function watchPlans(session: Session, query: Query, world: World): Promise<number> {
  const { newReadings, place, plan } = await import("../reconciler/engine.ts");
  const { changesIn } = await import("../reconciler/controller/index.ts");
  const { signal } = session.interrupt;
  // What was read before is not parsed again: one file that changed costs one file.
  const lasting = { ...world, readings: newReadings({ trustsIds: true }) };
  const found = await place(query, lasting);
  const changes = changesIn(query.repo, found.ok ? [found.value.state] : []);
  let last: string | undefined;
  try {
    while (!signal.aborted) {
      const planned = await plan(query, lasting);
      const text = told(planned);
      if (text !== last && !signal.aborted) {
        if (last !== undefined) session.io.err(`\n--- ${new Date().toISOString()}\n`);
        await conclude(session, planned, { views: planViews<Planned>(), problems: planProblems });
        last = text;
      }
      await changes.wait(LOOK_AGAIN_MS, signal);
    }
  } finally {
    await changes.close();
  }
  return EXIT.ok;
}

/** Everything that a plan shows, or what stood against it. The digest stands for the body, which may be long. */
function told(planned: Result<Planned>): string {
  const problems = planned.ok ? planProblems(planned.value) : planned.diagnostics;
  const { digest, evidence } = planned.ok ? planned.value.plan : { digest: "", evidence: null };
  return `${digest}${JSON.stringify(evidence)}${JSON.stringify(problems.map(({ code, detail, at }) => [code, detail, at]))}`;
}
