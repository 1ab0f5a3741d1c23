/**
 * Other tools that bring a machine to a declared state, where they are installed (bench/install-peers.sh):
 * one file resource for each manifest, with the manifest as its content, in a folder of their own.
 *
 * They read every file they manage; a plan reads what was applied from its store, and the manifests.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { Bench, Row } from "./rows.ts";
import { run, type Ran } from "./run.ts";
import { writeWorld } from "./world.ts";

export type Peer = "cfengine" | "puppet";

const PROGRAMS: Readonly<Record<Peer, string>> = { cfengine: "cf-agent", puppet: "puppet" };

/** Those that start. */
export function peersHere(): readonly Peer[] {
  return (["cfengine", "puppet"] as const).filter((peer) => spawnSync(PROGRAMS[peer], ["--version"]).status === 0);
}

export function peerRows(bench: Bench, peers: readonly Peer[], count: number): readonly Row[] {
  return peers.flatMap((peer) => rowsOf(bench, peer, count));
}

function rowsOf(bench: Bench, peer: Peer, count: number): readonly Row[] {
  const live = path.join(bench.scratch, `live-${peer}`);
  const policy = path.join(bench.scratch, `policy.${peer === "puppet" ? "pp" : "cf"}`);
  const contents = manifestsOf(bench, count);
  fs.mkdirSync(live, { mode: 0o700 });
  fs.writeFileSync(policy, textOf(peer, live, contents), { mode: 0o600 });
  must(peer, command(peer, policy, false));
  const files = contents.map((_, i) => path.join(live, `f${i}`));
  const wrong = files.filter((file, i) => fs.readFileSync(file, "utf8") !== contents[i]);
  if (wrong.length > 0) throw new Error(`${peer} wrote something else into ${wrong.length} files, the first ${wrong[0]}`);
  const changed = files.filter((_, i) => i % 100 === 0);
  return [
    {
      name: `${peer}, ${count}, nothing changed`,
      goalS: null,
      once: () => {
        const ran = must(peer, command(peer, policy, true));
        if (named(ran, changed).length > 0) throw new Error(`${peer} sees a change where there is none`);
        return ran;
      },
    },
    {
      name: `${peer}, ${count}, 1 % changed`,
      goalS: null,
      once: () => {
        for (const file of changed) fs.appendFileSync(file, "# changed\n");
        const ran = must(peer, command(peer, policy, true));
        for (const [i, file] of changed.entries()) fs.writeFileSync(file, contents[i * 100] ?? "");
        if (named(ran, changed).length < changed.length) throw new Error(`${peer} missed a change`);
        return ran;
      },
    },
  ];
}

/** The files that a run speaks of. */
function named(ran: Ran, files: readonly string[]): readonly string[] {
  const said = new Set(`${ran.stdout}${ran.stderr}`.match(/\/live-\w+\/f\d+/g));
  return files.filter((file) => said.has(file.slice(file.lastIndexOf("/live-"))));
}

function manifestsOf(bench: Bench, count: number): readonly string[] {
  const world = writeWorld(path.join(bench.scratch, "peers"), count, "random");
  return world.agents.map((file) => fs.readFileSync(path.join(world.folder, file), "utf8"));
}

/** The peers' own notation; manifests hold no single quote and no backslash. */
function textOf(peer: Peer, live: string, contents: readonly string[]): string {
  const file = (i: number): string => path.join(live, `f${i}`);
  if (peer === "puppet") return contents.map((text, i) => `file { '${file(i)}': ensure => file, content => '${text}' }\n`).join("");
  const promises = contents.map((text, i) => `    '${file(i)}' create => 'true', content => '${text}';\n`);
  return `bundle agent main\n{\n  files:\n${promises.join("")}}\n`;
}

function command(peer: Peer, policy: string, isDry: boolean): readonly string[] {
  if (peer === "puppet") return ["puppet", "apply", ...(isDry ? ["--noop"] : []), policy];
  return ["cf-agent", isDry ? "-Kn" : "-K", "-f", policy];
}

function must(peer: Peer, args: readonly string[]): Ran {
  const ran = run(args);
  if (ran.code !== 0) throw new Error(`${peer} ended with ${ran.code}: ${ran.stderr.slice(0, 1_000)}`);
  return ran;
}
