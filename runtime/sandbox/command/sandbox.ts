import fs from "node:fs";
import path from "node:path";
import { fail, ok, problem, type Result } from "../../../core/index.ts";
import type { LookupAll } from "../../net/index.ts";
import type { CommandRequest, CommandResult, CommandSandbox, Protection } from "../types.ts";
import { checkRequest } from "./check.ts";
import { FORWARDER } from "./forwarder.ts";
import { openProxy } from "./proxy.ts";
import { findPrograms, type Programs } from "./programs.ts";
import { runCommand } from "./run.ts";
import { seccompFilter } from "./seccomp.ts";

/** What can be had instead of the usual, for tests. */
export interface CommandPorts {
  readonly findPrograms?: () => Programs | string;
  /** How a command's hosts are looked up. */
  readonly lookup?: LookupAll;
}

/**
 * The sandbox for commands on this machine. Whether it works is tried once, with a command that does
 * nothing; where it does not, every command is refused, and nothing is ever run without it.
 */
export function openCommands(ports: CommandPorts = {}): CommandSandbox {
  let tried: Promise<Result<Programs>> | undefined;
  const usable = (): Promise<Result<Programs>> => (tried ??= attempt((ports.findPrograms ?? findPrograms)()));
  return {
    run: async (request, signal) => {
      const checked = checkRequest(request);
      if (!checked.ok) return checked;
      const programs = await usable();
      if (!programs.ok) return programs;
      if (request.hosts.length === 0) return runCommand(request, programs.value, null, signal);
      return withNetwork(request, programs.value, signal, ports.lookup);
    },
    protection: async () => protectionOf(await usable()),
  };
}

/** A command whose only way out is a proxy of its own, for as long as it runs. */
async function withNetwork(
  request: CommandRequest,
  programs: Programs,
  signal: AbortSignal,
  lookup?: LookupAll,
): Promise<Result<CommandResult>> {
  const proxy = await openProxy(request.hosts, lookup);
  if (!proxy.ok) return proxy;
  try {
    const { socket, refused } = proxy.value;
    const forwarder = path.join(path.dirname(socket), "forward.mjs");
    fs.writeFileSync(forwarder, FORWARDER, { mode: 0o644 });
    const result = await runCommand(request, programs, { socket, node: process.execPath, forwarder }, signal);
    return result.ok ? ok({ ...result.value, refusedHosts: refused() }) : result;
  } finally {
    await proxy.value.close();
  }
}

async function attempt(programs: Programs | string): Promise<Result<Programs>> {
  if (process.platform !== "linux") return fail(unavailable("it needs Linux"));
  if (typeof programs === "string") return fail(unavailable(`the program ${programs} is not installed`));
  const result = await runCommand(TRIAL, programs, null, AbortSignal.timeout(TRIAL.limits.timeoutMs));
  if (!result.ok) return fail(unavailable("trying it failed"));
  const { exitCode, stderr } = result.value;
  if (exitCode === 0) return ok(programs);
  return fail(unavailable(Buffer.from(stderr).toString("latin1").split("\n")[0] ?? "trying it failed"));
}

const TRIAL: CommandRequest = {
  argv: ["/bin/true"],
  cwd: ".",
  env: {},
  stdin: null,
  workspace: "/",
  access: "none",
  hosts: [],
  limits: { timeoutMs: 10_000, memoryBytes: 64 * 1024 * 1024, processes: 8, cpus: 1, outputBytes: 4096, diskBytes: 1024 * 1024 },
};

function unavailable(why: string): ReturnType<typeof problem> {
  return problem("SANDBOX_UNAVAILABLE", {
    detail: `This machine has no sandbox for commands: ${why}. Commands are refused.`,
    remedy: "Install bubblewrap and util-linux, and allow user namespaces (docs/sandbox.md).",
    context: { why },
  });
}

function protectionOf(programs: Result<Programs>): Protection {
  if (!programs.ok) return { by: "none", layers: [], why: String(programs.diagnostics[0]?.context["why"] ?? "") };
  const filter = seccompFilter(process.arch) !== null;
  const isRoot = process.getuid?.() === 0;
  return {
    by: "bubblewrap",
    layers: [
      "own user, process, network, IPC, host name and cgroup namespaces; no capabilities",
      "read-only system, private /tmp, /proc and /dev; of this machine's files the workspace alone",
      ...(filter ? ["seccomp: no ptrace, mount, namespaces, keys, bpf, io_uring, kernel modules, TIOCSTI"] : []),
      "limits of memory, CPU time, open files and file size for each process; memory, processes and writing of all together are watched",
      ...(isRoot ? [] : ["limit of processes by the kernel"]),
    ],
    why: null,
  };
}
