import {
  byCodeUnit,
  digestJson,
  fail,
  isObject,
  LIMITS,
  ok,
  problem,
  type Clock,
  type Digest,
  type JsonObject,
  type Resource,
  type Result,
} from "../../core/index.ts";
import { rulesOf, type Policy, type Spoken } from "../../trust/policy/index.ts";
import type { AuditReader, AuditRecord } from "../audit/index.ts";
import { questionDigest, type AskedQuestion } from "../gate/index.ts";
import { judgesOf, type Judges, type JudgesRequest, type LiveStore } from "../live/index.ts";
import { readResources } from "../load/index.ts";
import type { SealedRecords, StoreReader } from "../store/index.ts";
import { findQuestion } from "./about.ts";
import { shippedBefore } from "./shipped.ts";

export interface ReplayWorld {
  readonly audit: AuditReader;
  readonly records: SealedRecords;
  readonly store: LiveStore & Pick<StoreReader, "generations">;
  readonly clock: Clock;
  /** The policies that moltbot ships; absent: as they are installed. */
  readonly shipped?: Policy;
}

/** What policies said of a question. */
export interface Asked {
  readonly answer: "allowed" | "denied";
  readonly generation: number;
  readonly policy: Digest;
  /** Every rule that had a part in it, sorted. */
  readonly rules: readonly string[];
}

/** One decision, as it was and as it is when it is asked again. */
export interface Replay {
  readonly record: AuditRecord;
  readonly question: AskedQuestion;
  readonly before: Asked;
  readonly again: Asked & { readonly with: "recorded" | "active"; readonly said: readonly Spoken[] };
  /** The same answer by the same rules. */
  readonly isSame: boolean;
}

/** Asks one decision of the audit again: of the policies that decided it, or of those that are in force now. */
export function replayDecision(world: ReplayWorld, seq: number, withActive: boolean): Result<Replay> {
  const record = recordOf(world.audit, seq);
  if (!record.ok) return record;
  const question = questionOf(world.records, record.value);
  if (!question.ok) return question;
  const before: Asked = {
    answer: record.value.code === "CALL_DENIED" ? "denied" : "allowed",
    generation: question.value.generation,
    policy: record.value.policy,
    rules: record.value.rules ?? [],
  };
  const again = askedAgain(world, { record: record.value, question: question.value, withActive });
  if (!again.ok) return again;
  const isSame = before.answer === again.value.answer && before.rules.join("\n") === again.value.rules.join("\n");
  return ok({ record: record.value, question: question.value, before, again: again.value, isSame }, again.warnings);
}

type Decided = AuditRecord & Required<Pick<AuditRecord, "policy" | "question">>;

function recordOf(audit: AuditReader, seq: number): Result<Decided> {
  const record = audit.record(seq);
  if (!record.ok) return record;
  if (!record.value)
    return fail(problem("REPLAY_UNKNOWN", { detail: `The audit has no record ${seq}, or not any more.`, context: { seq } }));
  const { kind, code, policy, question } = record.value;
  if (policy !== undefined && question !== undefined) return ok({ ...record.value, policy, question });
  const why = code === undefined ? "" : `, with ${code}`;
  return fail(problem("REPLAY_UNKNOWN", { detail: `Record ${seq} is ${kind}${why}: no policy was asked.`, context: { seq } }));
}

/** The question as it is kept, checked against the digest in the chain. */
function questionOf(records: SealedRecords, { seq, question: digest }: Decided): Result<AskedQuestion> {
  const found = findQuestion(records, digest);
  if (!found.ok) return found;
  if (!found.value) {
    const detail = `What policies were asked for record ${seq} is not in the store; the audit has its digest only.`;
    return fail(problem("REPLAY_NOT_KEPT", { detail, context: { seq } }));
  }
  if (questionDigest(found.value.call, digestJson(found.value.grant)) === digest) return ok(found.value);
  return fail(
    problem("STORE_CORRUPT", { detail: `The question that is kept for record ${seq} is not the one that was asked.`, context: { seq } }),
  );
}

interface Again {
  readonly record: Decided;
  readonly question: AskedQuestion;
  readonly withActive: boolean;
}

function askedAgain(world: ReplayWorld, { record, question, withActive }: Again): Result<Replay["again"]> {
  const { store, clock, shipped } = world;
  const { owner } = question;
  const generation = withActive ? store.active(owner) : kept(store, question);
  if (!generation.ok) return generation;
  if (!generation.value) return fail(gone(`generation ${question.generation} of ${owner} is not in the store any more`));
  const { number } = generation.value;
  const resources = readResources(store, owner, { generation: generation.value, edits: [] });
  if (!resources.ok) return resources;
  const now = withActive ? clock.now().toISOString() : textIn(question.call, "time");
  const request = { owner, resources: resources.value, store, now };
  const judges = withActive ? judgesOf({ ...request, shipped }) : judgesThen(world, request, record.policy);
  if (!judges)
    return fail(
      gone(
        `nothing that is kept judges generation ${number} with the digest that it was judged with then (${record.policy}); moltbot was upgraded since, and the gateway did not run with the policies of that time`,
      ),
    );
  try {
    return ok({ with: withActive ? "active" : "recorded", generation: number, ...said(judges, question) }, judges.remarks);
  } finally {
    judges.close();
  }
}

/** With the policies that are installed, else with those of an earlier version that judge as was judged then. */
function judgesThen({ records, shipped }: ReplayWorld, request: JudgesRequest, digest: Digest): Judges | undefined {
  const installed = judgesOf({ ...request, shipped });
  if (installed.policy.digest === digest) return installed;
  installed.close();
  for (const version of shippedBefore(records)) {
    const policy = version.start();
    if (!policy.ok) continue;
    const judges = judgesOf({ ...request, shipped: policy.value });
    const close = (): void => {
      judges.close();
      policy.value.close?.();
    };
    if (judges.policy.digest === digest) return { ...judges, close };
    close();
  }
  return undefined;
}

function kept(store: ReplayWorld["store"], { owner, generation }: AskedQuestion): ReturnType<LiveStore["active"]> {
  const all = store.generations(owner);
  return all.ok ? ok(all.value.find(({ number }) => number === generation) ?? null) : all;
}

function said({ policy, judge }: Judges, { grant, call }: AskedQuestion): Pick<Replay["again"], "answer" | "policy" | "rules" | "said"> {
  const agent = agentIn(call);
  const verdicts = [judge("grant", grant, agent, textIn(grant, "tool")), judge("call", call, agent, textIn(call, "tool"))];
  const rules = [...new Set(verdicts.flatMap((each) => rulesOf(each)))].sort(byCodeUnit).slice(0, LIMITS.auditRules);
  const spoken = verdicts.flatMap(({ violations, warnings }) => [...violations, ...warnings]);
  return { answer: verdicts.some((each) => each.answer === "denied") ? "denied" : "allowed", policy: policy.digest, rules, said: spoken };
}

/** Levels, scopes and exceptions look at who it is, and at nothing else of it. */
function agentIn({ agent }: JsonObject): Resource {
  const { kind, name, labels } = isObject(agent) ? agent : {};
  const texts = isObject(labels) ? Object.fromEntries(Object.entries(labels).filter(([, value]) => typeof value === "string")) : {};
  return {
    apiVersion: "moltbot.dev/v1alpha1",
    kind: typeof kind === "string" ? kind : "Agent",
    metadata: { name: typeof name === "string" ? name : "", labels: texts as Readonly<Record<string, string>> },
    spec: {},
  };
}

function textIn(input: JsonObject, field: string): string {
  const value = input[field];
  return typeof value === "string" ? value : "";
}

function gone(why: string): ReturnType<typeof problem> {
  return problem("REPLAY_POLICY_GONE", {
    detail: `The decision cannot be asked again of what decided it: ${why}.`,
    remedy: "Ask the policies that are in force now:\nmoltbot policy replay AUDIT-SEQ --with-active",
  });
}
