import {
  digestBytes,
  digestJson,
  isDigest,
  isObject,
  ok,
  type Address,
  type Diagnostic,
  type Digest,
  type Json,
  type Resource,
  type Result,
} from "../core/index.ts";
import { builtinPolicyDigest } from "../trust/policy/index.ts";
import { openSource, readProject, requestOf, type Context, type Opened } from "./desired.ts";
import type { LiveState } from "./diff/index.ts";
import { activeArchives } from "./installed.ts";
import type { Plan } from "./plan/index.ts";
import type { Planning } from "./planning.ts";
import { projectFacts } from "./project.ts";
import { openTarget } from "./targets/index.ts";
import type { Cache, Planned, Query, World } from "./types.ts";
import { hostAnchor } from "./verifying.ts";
import { planDeclared } from "./wishes.ts";

/**
 * A finished plan is a pure function of the files, of what the target says, of schemas, policies and the
 * program, and of which declared instants have passed. So a plan made before is taken as it was when all
 * of these are the same again. The files are identified by their bytes and the target is observed anew
 * each time; only parsing, judging and comparing are left out. Apply never looks here: it plans from the
 * beginning, so what somebody writes into the cache is shown at most, and never done.
 */
interface Entry {
  /** Over everything the plan was made from. */
  readonly key: Digest;
  /** Over the files alone: where they are others, the target need not be asked. */
  readonly files: Digest;
  /** Files that manifests embed: which ones is known only after reading. */
  readonly embedded: readonly string[];
  /** The desired addresses, whose owners matter; one to a line. */
  readonly addresses: string;
  /** What is installed beside the record; it is looked at each time. */
  readonly archives: readonly Resource[];
  readonly madeAt: string;
  readonly plan: Plan;
  readonly warnings: readonly Diagnostic[];
  readonly blockers: readonly Diagnostic[];
  readonly confirmations: readonly Diagnostic[];
  readonly notices: readonly Diagnostic[];
}

/** Larger plans are mostly of what is new, and cost more to keep than to make. */
const MAX_ENTRY_BYTES = 64 * 1024 * 1024;

/** The plan over what the files declare: as it was finished before where nothing moved, else made now. */
export async function planRemembered(query: Query, world: World): Promise<Result<Planned>> {
  const { cache } = world;
  if (cache === undefined || !isWhole(query) || world.policy !== undefined || world.targets !== undefined)
    return await planDeclared(query, world);
  const name = digestJson([query.repo, query.environment ?? null, query.state ?? null, query.notices === true])
    .slice("sha256:".length)
    .concat(".plan");
  const memory: Memory = { cache, name, policy: builtinPolicyDigest() };
  const entry = readEntry(cache.read(name), world.clock.now());
  if (!entry) return await planAnew(query, world, memory);
  const opened = await openSource(query, world);
  if (!opened.ok) return opened;
  const known = await recall(entry, opened.value, query, world, memory);
  // What was looked for already is not looked for again.
  if (!known) return await planAnew(query, world, memory, opened.value);
  await opened.value.source.close();
  return ok(known);
}

async function planAnew(query: Query, world: World, memory: Memory, opened?: Opened): Promise<Result<Planning>> {
  const planned = await planDeclared(query, world, opened);
  if (planned.ok) remember(planned.value, world, memory);
  return planned;
}

/** Everything the work tree declares: parts of it, takeovers and commits are planned too seldom to be worth remembering. */
function isWhole({ ref, trustAnchor, targets = [], excludes = [], adopt = [], leaveDrift = [], approvals = [] }: Query): boolean {
  const lists = [targets, excludes, adopt, leaveDrift, approvals];
  return ref === undefined && trustAnchor === undefined && lists.every((list) => list.length === 0);
}

/** Where plans are kept, and the policies as they were before anything was read. */
interface Memory {
  readonly cache: Cache;
  readonly name: string;
  readonly policy: Digest | undefined;
}

async function recall(entry: Entry, { source, folder }: Opened, query: Query, world: World, memory: Memory): Promise<Planned | undefined> {
  const written = readProject(source.project, world.kinds).resource;
  const facts = written && projectFacts(written, query.environment);
  if (!facts?.ok) return undefined;
  // A host that has come to believe somebody judges anew.
  const anchor = hostAnchor({ project: facts.value, folder }, query);
  if (!anchor.ok || anchor.value !== null) return undefined;
  const ids = await source.identify(requestOf(facts.value, folder, query), entry.embedded);
  if (ids === null || filesDigest(ids) !== entry.files) return undefined;
  const target = openTarget(facts.value.target, folder, query.state, world);
  if (!target.ok) return undefined;
  const owner = `${facts.value.name}/${facts.value.environment}` as const;
  const observation = await target.value.observe(owner, entry.addresses.split("\n") as Address[], world.signal);
  if (!observation.ok || keyOf(ids, observation.value.live, folder, world, memory) !== entry.key) return undefined;
  const wrong = await target.value.inspect?.(entry.archives);
  if (wrong !== undefined && wrong.length > 0) return undefined;
  const repository = await source.info();
  if (!repository.ok) return undefined;
  const { plan, warnings, blockers, confirmations, notices } = entry;
  return { plan: { ...plan, evidence: { ...plan.evidence, repository: repository.value } }, warnings, blockers, confirmations, notices };
}

/** No declared instant has passed since, and the clock was not put back before the plan was made. */
function isStillTrue({ plan, madeAt }: Entry, now: Date): boolean {
  const { validUntil } = plan.body;
  return new Date(madeAt) <= now && (validUntil === null || now < new Date(validUntil));
}

/** In the order of reading, which is the same for the same files. */
function filesDigest(ids: Context["ids"]): Digest {
  return digestBytes(Array.from(ids, ([path, id]) => `${id ?? ""} ${path}\n`).join(""));
}

function keyOf(ids: Context["ids"], live: LiveState, folder: string, { kinds, version }: World, { cache, policy }: Memory): Digest {
  const { rows: _rows, foreign, ...said } = live;
  return digestJson({
    tool: cache.tool,
    version,
    schema: kinds.digest,
    policy: policy ?? null,
    folder,
    files: filesDigest(ids),
    live: { ...said, foreign: [...foreign] } as unknown as Json,
  });
}

function remember(planned: Planning, world: World, memory: Memory): void {
  const { plan, warnings, blockers, confirmations, notices, context, live, config, verification } = planned;
  // What was missing has no name to look for when it comes.
  if (context.compiled && (context.compiled.bundle === null || context.compiled.lock === null)) return;
  const diagnostics = [...warnings, ...blockers, ...confirmations, ...notices];
  // Who signed is looked at each time, where anybody asks.
  if (verification && verification.judge !== "nobody") return;
  // So is whether policies can be built again, and who compiled them.
  if (planned.isRebuildRequired || planned.isAttestationRequired) return;
  // Who approved is looked at each time, where anybody is asked.
  if (planned.approvals.states.length > 0) return;
  // So is what is installed: it may be whole again.
  if (warnings.some(({ code }) => code === "PLUGIN_CORRUPT")) return;
  // An exception behind a diagnostic does not survive being written down.
  if (diagnostics.some((each) => each.cause !== undefined)) return;
  const manifests = new Set(config.resources.flatMap((each) => each.layers.map((layer) => layer.file)));
  const entry: Entry = {
    key: keyOf(context.ids, live, context.folder, world, memory),
    files: filesDigest(context.ids),
    embedded: [...context.ids.keys()].filter((path) => !manifests.has(path)),
    addresses: [...config.byAddress.keys()].join("\n"),
    archives: activeArchives(config, live.rows),
    madeAt: world.clock.now().toISOString(),
    plan,
    warnings,
    blockers,
    confirmations,
    notices,
  };
  const bytes = Buffer.from(JSON.stringify(entry));
  if (bytes.length <= MAX_ENTRY_BYTES) memory.cache.write(memory.name, bytes);
}

/** What is not of this shape was not written by this program, and what is over says nothing: as if it were not there. */
function readEntry(bytes: Uint8Array | undefined, now: Date): Entry | undefined {
  if (bytes === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
    if (!isObject(value) || !isDigest(value["key"]) || !isObject(value["plan"])) return undefined;
    const entry = value as unknown as Entry;
    return isStillTrue(entry, now) ? entry : undefined;
  } catch {
    return undefined;
  }
}
