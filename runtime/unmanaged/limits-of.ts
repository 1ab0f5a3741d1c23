import {
  childNode,
  isObject,
  jsonEqual,
  parseByteSize,
  parseDuration,
  valueAt,
  type Json,
  type Kinds,
  type Resource,
  type SchemaNode,
} from "../../core/index.ts";

/** How a limit reads as a number: larger allows more. Undefined: it cannot be read, and then nothing fits it. */
type Measure = (value: Json) => number | undefined;

const number: Measure = (value) => (typeof value === "number" ? value : undefined);
const duration: Measure = (value) => (typeof value === "string" ? parseDuration(value) : undefined);
const bytes: Measure = (value) => (typeof value === "string" ? parseByteSize(value) : undefined);
const flag: Measure = (value) => (typeof value === "boolean" ? Number(value) : undefined);
const rank =
  (...order: readonly string[]): Measure =>
  (value) => {
    const at = typeof value === "string" ? order.indexOf(value) : -1;
    return at < 0 ? undefined : at;
  };

/** Fields that bound what an agent may use, keep or show. */
const MEASURED: Readonly<Record<string, Readonly<Record<string, Measure>>>> = {
  budgets: {
    tokensPerDay: number,
    costPerDay: number,
    costPerMessage: number,
    tokensPerSession: number,
    stepsPerMessage: number,
    toolCallsPerSession: number,
    repeatedToolCalls: number,
    concurrentSessions: number,
    timePerMessage: duration,
  },
  sandbox: {
    scope: rank("session", "agent"),
    workspaceAccess: rank("none", "read", "write"),
    memory: bytes,
    timeout: duration,
    processes: number,
    diskBytes: bytes,
    cpus: number,
  },
  delegation: { maxConcurrent: number, maxDepth: number, timeout: duration, archiveAfter: duration },
  sessions: {
    scope: rank("account-channel-peer", "channel-peer", "peer", "main"),
    maxMessages: number,
    maxSessions: number,
    retention: duration,
  },
  debug: { log: rank("off", "metadata", "content"), showThinking: flag, showToolCalls: flag },
};

/** Fields of those parts that say how, and not how much. */
const MANNERS: Readonly<Record<string, readonly string[]>> = {
  delegation: ["mode", "model"],
  sessions: ["reset", "resetCommands"],
};

/** Fields that give nothing by themselves; what they refer to is compared as references are. */
const FREE: ReadonlySet<string> = new Set([
  "description",
  "identity",
  "model",
  "fallbacks",
  "imageModel",
  "utilityModel",
  "prompt",
  "skills",
  "mcpServers",
  "capabilities",
  "subAgents",
  "compaction",
  "contextPruning",
  "groupChat",
  "timezone",
  "workspace",
]);

/** The first field by which an agent is less bounded than another one; undefined where there is none. What is not known must be equal. */
export function looserField(agent: Resource, like: Resource, kinds: Kinds): string | undefined {
  const schema = childNode(kinds.byName.get(agent.kind)?.schema, "spec");
  for (const field of new Set([...Object.keys(agent.spec), ...Object.keys(MEASURED)])) {
    if (FREE.has(field)) continue;
    const measured = MEASURED[field];
    const looser = measured ? looserIn(field, { agent, like, measured, schema }) : otherIn(field, agent, like);
    if (looser !== undefined) return looser;
  }
  return undefined;
}

function otherIn(field: string, agent: Resource, like: Resource): string | undefined {
  return same(agent.spec[field], like.spec[field]) ? undefined : `spec.${field}`;
}

interface Compared {
  readonly agent: Resource;
  readonly like: Resource;
  readonly measured: Readonly<Record<string, Measure>>;
  readonly schema: SchemaNode | undefined;
}

function looserIn(field: string, { agent, like, measured, schema }: Compared): string | undefined {
  const part = agent.spec[field];
  const named = isObject(part) ? Object.keys(part) : [];
  for (const name of new Set([...named, ...Object.keys(measured)])) {
    if (MANNERS[field]?.includes(name)) continue;
    const measure = measured[name];
    const { default: usual } = childNode(childNode(schema, field), name) ?? {};
    const [own, theirs] = [agent, like].map((each) => valueAt(each.spec, [field, name]) ?? usual);
    const fits = measure ? isWithin(own, theirs, measure) : same(own, theirs);
    if (!fits) return `spec.${field}.${name}`;
  }
  return undefined;
}

/** Nothing is no bound. */
function isWithin(own: Json | undefined, theirs: Json | undefined, measure: Measure): boolean {
  if (theirs === undefined) return true;
  if (own === undefined) return false;
  const [mine, bound] = [measure(own), measure(theirs)];
  return mine !== undefined && bound !== undefined && mine <= bound;
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return a === undefined || (b !== undefined && jsonEqual(a, b));
}
