import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressOf, LIMITS, type Address, type Json, type Resource } from "../../core/index.ts";
import { closureOf, effectiveDelta, EMPTY_CLOSURE, expandGrants, type Closure, type ReachEdge } from "./index.ts";

const NOW = "2026-06-01T00:00:00.000Z";

/** Who makes whom act, by number, and who may read. */
interface Graph {
  readonly size: number;
  readonly steps: readonly (readonly [from: number, to: number])[];
  readonly readers: ReadonlySet<number>;
  /** Numbers that are channels; all others are agents. */
  readonly channels: ReadonlySet<number>;
}

const nameOf = (i: number): string => `n${String(i).padStart(6, "0")}`;
const addressIn = (graph: Graph, i: number): Address => addressOf(graph.channels.has(i) ? "Channel" : "Agent", nameOf(i));

function closureIn(graph: Graph): Closure {
  const calls = Map.groupBy(
    graph.steps.filter(([from, to]) => !graph.channels.has(from) && !graph.channels.has(to)),
    ([from]) => from,
  );
  const edges = graph.steps.flatMap(([from, to]): ReachEdge[] =>
    graph.channels.has(from) && !graph.channels.has(to)
      ? [{ from: addressIn(graph, from), to: addressIn(graph, to), reach: "talks-to" }]
      : [],
  );
  const resources = Array.from({ length: graph.size }, (_, i): Resource => {
    const capabilities: Json[] = [...new Set((calls.get(i) ?? []).map(([, to]) => to))].map((to) => ({
      tool: `agent:${nameOf(to)}`,
      permissions: [{ action: "call" }],
      constraints: {},
    }));
    if (graph.readers.has(i)) capabilities.push({ tool: "time", permissions: [{ action: "call" }], constraints: {} });
    const kind = graph.channels.has(i) ? "Channel" : "Agent";
    return { apiVersion: "moltbot.dev/v1alpha1", kind, metadata: { name: nameOf(i) }, spec: graph.channels.has(i) ? {} : { capabilities } };
  });
  return closureOf(
    resources,
    edges,
    resources.flatMap((each) => expandGrants(each, NOW).atoms),
  );
}

/** Everybody above, one by one: shares nothing with the room. */
function above({ size, steps, channels }: Graph): readonly ReadonlySet<number>[] {
  const previous = Array.from({ length: size }, (): number[] => []);
  for (const [from, to] of steps) if (!channels.has(to)) previous[to]?.push(from);
  return previous.map((_, i) => {
    const all = new Set([i]);
    for (const one of all) for (const from of previous[one] ?? []) all.add(from);
    return all;
  });
}

/** What each reader's grant comes to for those who gain it: how many, the first of them, where people come in. */
function expected(before: Graph | null, after: Graph): readonly string[] {
  const [then, now] = [before ? above(before) : [], above(after)];
  return [...after.readers]
    .filter((each) => !after.channels.has(each))
    .sort((a, b) => a - b)
    .flatMap((reader) => {
      const had = before?.readers.has(reader) && !before.channels.has(reader) ? then[reader] : undefined;
      // A number that was a channel and is an agent now is another resource.
      const isSame = (each: number): boolean => before?.channels.has(each) === after.channels.has(each);
      const gainers = [...(now[reader] ?? [])].filter((each) => !had?.has(each) || !isSame(each)).map((each) => addressIn(after, each));
      const sorted = gainers.sort();
      return sorted.length === 0 ? [] : [line(addressIn(after, reader), sorted.length, sorted.slice(0, LIMITS.gainersShown))];
    });
}

const line = (reader: Address, count: number, first: readonly Address[]): string => `${reader}: ${count} ${first.join(",")}`;

function found(before: Graph | null, after: Graph): readonly string[] {
  const { added } = effectiveDelta(before ? closureIn(before) : EMPTY_CLOSURE, closureIn(after));
  return added.atoms.filter((each) => each.tool === "time").map((each) => line(each.subject, each.gainers, each.first));
}

/** The same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

type Steps = (size: number, random: () => number) => readonly (readonly [number, number])[];
const each = (size: number, make: (i: number) => readonly number[]): readonly (readonly [number, number])[] =>
  Array.from({ length: size }, (_, i) => make(i).flatMap((to) => (to >= 0 && to < size ? [[i, to] as const] : []))).flat();
const SHAPES: Readonly<Record<string, Steps>> = {
  chain: (size) => each(size, (i) => [i + 1]),
  "chain of circles": (size) => each(size, (i) => (i % 5 === 4 ? [i - 4, i + 1] : [i + 1])),
  "wide fan in": (size) => each(size, (i) => (i === 0 ? [] : [0])),
  "wide fan out": (size) => each(size, (i) => (i === 0 ? Array.from({ length: size - 1 }, (_, to) => to + 1) : [])),
  "tree of two": (size) => each(size, (i) => [2 * i + 1, 2 * i + 2]),
  "ladder of diamonds": (size) => each(size, (i) => (i % 3 === 0 ? [i + 1, i + 2] : [i + 3 - (i % 3)])),
  "two before each": (size) => each(size, (i) => [i + 1, i + 2]),
  "dense, no circle": (size, random) => each(size, (i) => [1, 2, 3].map(() => i + 1 + Math.floor(random() * 40))),
  "random, with circles": (size, random) => each(size, () => (random() < 0.6 ? [Math.floor(random() * size)] : [])),
  "complete layers": (size) => each(size, (i) => Array.from({ length: 7 }, (_, to) => (Math.floor(i / 7) + 1) * 7 + to)),
};

const graphOf = (shape: string, size: number, seed: number): Graph => {
  const random = randomOf(seed);
  const order = Array.from({ length: size }, (_, i) => i);
  // Numbers without order, so that names sort otherwise than steps go.
  for (let i = size - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const steps = (SHAPES[shape] ?? (() => []))(size, random).map(([a, b]) => [order[a]!, order[b]!] as const);
  const channels = new Set(order.filter(() => random() < 0.1));
  return { size, steps, channels, readers: new Set(order.filter(() => random() < 0.4)) };
};

describe("who gains, against everybody counted one by one", () => {
  test.each(Object.keys(SHAPES))("%s: from nothing, to nothing, and from what it was with one change", (shape) => {
    for (const size of [1, 2, 7, 40, 150]) {
      const whole = graphOf(shape, size, size);
      expect(found(null, whole)).toEqual(expected(null, whole));
      const random = randomOf(size + 1);
      const lost = new Set(whole.steps.map((_, i) => i).filter(() => random() < 0.1));
      const less: Graph = { ...whole, steps: whole.steps.filter((_, i) => !lost.has(i)), readers: new Set([...whole.readers].slice(1)) };
      expect(found(less, whole)).toEqual(expected(less, whole));
      expect(found(whole, less)).toEqual(expected(whole, less));
    }
  });

  test("any two graphs", () => {
    const graph = fc.integer({ min: 1, max: 24 }).chain((size) => {
      const node = fc.nat({ max: size - 1 });
      return fc.record({
        size: fc.constant(size),
        steps: fc.array(fc.tuple(node, node), { maxLength: 60 }),
        readers: fc.uniqueArray(node).map((all) => new Set(all)),
        channels: fc.uniqueArray(node, { maxLength: 4 }).map((all) => new Set(all)),
      });
    });
    fc.assert(
      fc.property(graph, graph, (one, other) => {
        expect(found(one, other)).toEqual(expected(one, other));
      }),
      { numRuns: 400 },
    );
  });

  test.each(["dense, no circle", "two before each", "chain"])("%s: more than are counted at once", (shape) => {
    const whole = graphOf(shape, 2_500, 7);
    expect(found(null, whole)).toEqual(expected(null, whole));
    const less: Graph = { ...whole, steps: whole.steps.filter((_, i) => i % 50 !== 0) };
    expect(found(less, whole)).toEqual(expected(less, whole));
  });
});

describe("30,000 agents", () => {
  test.each(["chain", "chain of circles", "wide fan in", "wide fan out", "tree of two"])(
    "%s: counted in a few seconds of CPU at most",
    (shape) => {
      const size = 30_000;
      const graph: Graph = {
        size,
        steps: (SHAPES[shape] ?? (() => []))(size, () => 0),
        readers: new Set([0, size - 1]),
        channels: new Set(),
      };
      const [less, whole] = [closureIn({ ...graph, steps: graph.steps.slice(1) }), closureIn(graph)];
      const started = process.cpuUsage();
      effectiveDelta(EMPTY_CLOSURE, whole);
      effectiveDelta(less, whole);
      const { user, system } = process.cpuUsage(started);
      expect((user + system) / 1e6).toBeLessThan(5);
    },
  );
});
