import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import type { Readable, Writable } from "node:stream";
import { fail, LIMITS, ok, problem, type Result } from "../../../core/index.ts";
import type { CommandRequest, CommandResult } from "../types.ts";
import { inheritedDescriptors } from "./inherited.ts";
import { newOutput } from "./output.ts";
import type { Programs } from "./programs.ts";
import { OWN, PROXY_PORT, rootArguments, type NetworkFiles } from "./root.ts";
import { seccompFilter } from "./seccomp.ts";
import { treeUse } from "./tree.ts";

/** Descriptors of bubblewrap beside the command's own three: its arguments, the filter, and what it reports. */
const FD = { arguments: 3, filter: 4, report: 5 } as const;

/** Why a command was ended by us. */
type Ending = "timeout" | "stopped" | "memory" | "processes" | "disk";

/**
 * Runs one command in namespaces of its own. Its arguments go to bubblewrap through a pipe, so that no
 * value of its environment is in the argument list of a process outside, and bubblewrap itself has no
 * environment: what the command is given acts inside only.
 */
export async function runCommand(
  request: CommandRequest,
  programs: Programs,
  network: NetworkFiles | null,
  signal: AbortSignal,
): Promise<Result<CommandResult>> {
  if (signal.aborted) return fail(ended("stopped", request));
  const filter = seccompFilter(process.arch);
  const own = ["--info-fd", String(FD.report), ...(filter ? ["--seccomp", String(FD.filter)] : [])];
  const began = performance.now();
  const nothing = fs.openSync("/dev/null", "r");
  let child: ChildProcess;
  try {
    child = spawn(
      programs.bwrap,
      ["--args", String(FD.arguments), "--", ...limitsOf(request, programs, network !== null), ...request.argv],
      {
        cwd: "/",
        env: {},
        stdio: [request.stdin ? "pipe" : "ignore", "pipe", "pipe", "pipe", "pipe", "pipe", ...covered(nothing)],
      },
    );
  } catch {
    return fail(unstartable());
  } finally {
    fs.closeSync(nothing);
  }
  const output = newOutput(request.limits.outputBytes);
  const [stdout, stderr] = [output.take(child.stdout as Readable), output.take(child.stderr as Readable)];
  const pipes: readonly unknown[] = child.stdio;
  write(pipes[FD.arguments] as Writable, [...rootArguments(request, network), ...own].map((each) => `${each}\0`).join(""));
  write(pipes[FD.filter] as Writable, filter ?? "");
  if (child.stdin && request.stdin) write(child.stdin, request.stdin);
  const report = newOutput(LIMITS.commandChars).take(pipes[FD.report] as Readable);
  const watch = newWatch(child, request, report, signal);
  const { code, name } = await closed(child);
  watch.end();
  const why = watch.why();
  if (why !== null) return fail(ended(why, request));
  if (code === null && name === null) return fail(unstartable());
  return ok({
    exitCode: code,
    signal: name,
    stdout: stdout(),
    stderr: stderr(),
    truncated: output.isTruncated(),
    refusedHosts: [],
    ms: Math.round(performance.now() - began),
  });
}

/** What sets the limits of each process, inside: none of it can be raised again. */
function limitsOf({ limits }: CommandRequest, { prlimit, taskset }: Programs, hasNetwork: boolean): readonly string[] {
  const seconds = Math.ceil(limits.timeoutMs / 1000) + 1;
  const each = {
    data: limits.memoryBytes,
    cpu: seconds * limits.cpus,
    nproc: limits.processes,
    nofile: LIMITS.commandFiles,
    fsize: limits.diskBytes,
    core: 0,
    memlock: 0,
    msgqueue: 0,
    rtprio: 0,
  };
  const forwarder = hasNetwork
    ? [`${OWN}/node`, "--jitless", "--max-old-space-size=32", `${OWN}/forward.mjs`, `${OWN}/proxy.sock`, String(PROXY_PORT)]
    : [];
  const cpus = ["--cpu-list", `0-${limits.cpus - 1}`];
  const flags = Object.entries(each).map(([name, value]) => `--${name}=${value}:${value}`);
  return [...forwarder, prlimit, ...flags, "--", ...(limits.cpus < allCpus() ? [taskset, ...cpus] : [])];
}

let cpuCount: number | undefined;

/** As far as it matters here: CPU 0 up to the last one, in /sys. */
function allCpus(): number {
  try {
    cpuCount ??= Number(/(\d+)\s*$/.exec(fs.readFileSync("/sys/devices/system/cpu/online", "latin1"))?.[1] ?? 0) + 1;
  } catch {
    cpuCount = 1;
  }
  return cpuCount;
}

/** Puts /dev/null over descriptors that somebody left us; every other one past ours is nothing. */
function covered(nothing: number): readonly (number | "ignore")[] {
  const inherited = inheritedDescriptors().filter((fd) => fd > FD.report);
  const last = inherited.at(-1) ?? FD.report;
  return Array.from({ length: last - FD.report }, (_, i) => (inherited.includes(i + FD.report + 1) ? nothing : "ignore"));
}

/** The other side may be gone before it has read all. */
function write(stream: Writable, text: string | Uint8Array): void {
  stream.on("error", () => undefined);
  stream.end(text);
}

interface Watch {
  readonly why: () => Ending | null;
  readonly end: () => void;
}

/** Looks at the command while it runs, and ends all of it when it is over its bounds, its time is over, or it is stopped. */
function newWatch(child: ChildProcess, request: CommandRequest, report: () => Uint8Array, signal: AbortSignal): Watch {
  const { limits } = request;
  let why: Ending | null = null;
  let root: number | undefined;
  let killing: NodeJS.Timeout | undefined;
  const first = (): number | undefined =>
    (root ??= Number(/"child-pid": (\d+)/.exec(Buffer.from(report()).toString("latin1"))?.[1]) || undefined);
  /** Without its first process a process namespace is gone, with everything in it, at once. */
  const kill = (): void => {
    const pid = first();
    if (pid !== undefined) signalTo(pid, "SIGKILL");
    child.kill("SIGKILL");
  };
  const stop = (ending: Ending, isGentle: boolean): void => {
    if (why !== null) return;
    why = ending;
    const pid = first();
    if (!isGentle || pid === undefined) return kill();
    for (const each of treeUse(pid, limits.processes + 2).pids) if (each !== pid) signalTo(each, "SIGTERM");
    killing = setTimeout(kill, LIMITS.commandGraceMs);
  };
  const look = (): void => {
    const pid = first();
    if (pid === undefined || why !== null) return;
    const use = treeUse(pid, limits.processes + 3);
    // The first process is bubblewrap's own; with a network one more is ours.
    if (use.pids.length - 1 > limits.processes + (request.hosts.length > 0 ? 1 : 0)) return stop("processes", false);
    if (use.memoryBytes > limits.memoryBytes + OWN_BYTES + (request.hosts.length > 0 ? FORWARDER_BYTES : 0)) return stop("memory", false);
    if (use.writtenBytes > limits.diskBytes) stop("disk", false);
  };
  const abort = (): void => stop("stopped", true);
  const timer = setTimeout(() => stop("timeout", true), limits.timeoutMs);
  const looks = setInterval(look, LIMITS.commandLookMs);
  signal.addEventListener("abort", abort, { once: true });
  return {
    why: () => why,
    end: () => {
      clearTimeout(timer);
      clearTimeout(killing);
      clearInterval(looks);
      signal.removeEventListener("abort", abort);
    },
  };
}

/** What bubblewrap takes itself. */
const OWN_BYTES = 8 * 1024 * 1024;
const FORWARDER_BYTES = 128 * 1024 * 1024;

function signalTo(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already.
  }
}

function closed(child: ChildProcess): Promise<{ readonly code: number | null; readonly name: string | null }> {
  return new Promise((resolve) => {
    child.once("error", () => resolve({ code: null, name: null }));
    child.once("close", (code, name) => resolve({ code, name }));
  });
}

function unstartable(): ReturnType<typeof problem> {
  return problem("SANDBOX_UNAVAILABLE", { detail: "The sandbox for commands could not be started. Nothing was run." });
}

function ended(why: Ending, { limits }: CommandRequest): ReturnType<typeof problem> {
  const words = {
    timeout: `it did not end within ${limits.timeoutMs} ms`,
    stopped: "it was stopped",
    memory: `it took more than ${limits.memoryBytes} bytes of memory`,
    processes: `it had more than ${limits.processes} processes`,
    disk: `it wrote more than ${limits.diskBytes} bytes`,
  };
  const detail = `The command was ended, with everything it had started: ${words[why]}.`;
  return problem(why === "stopped" ? "COMMAND_STOPPED" : why === "timeout" ? "COMMAND_TIMEOUT" : "COMMAND_LIMIT", {
    detail,
    context: { why },
  });
}
