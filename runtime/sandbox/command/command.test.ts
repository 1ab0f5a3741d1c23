import { execFileSync, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LIMITS, type Result } from "../../../core/index.ts";
import { openCommands, type CommandRequest, type CommandResult } from "../index.ts";
import { inheritedDescriptors } from "./inherited.ts";

const commands = openCommands();
const protection = await commands.protection();
const NEVER = new AbortController().signal;
const MIB = 1024 * 1024;
let folder = "";
let workspace = "";

beforeAll(() => {
  // On a disk: what goes to a file system in memory is not counted as written.
  folder = fs.realpathSync(fs.mkdtempSync("/var/tmp/moltbot-command-"));
  workspace = path.join(folder, "workspace");
  fs.mkdirSync(path.join(workspace, "sub"), { recursive: true });
  fs.writeFileSync(path.join(workspace, "a.txt"), "in the workspace");
  fs.writeFileSync(path.join(folder, "outside.txt"), "CANARY-outside");
  fs.symlinkSync(path.join(folder, "outside.txt"), path.join(workspace, "link.txt"));
  fs.symlinkSync("/", path.join(workspace, "root"));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function request(
  argv: readonly [string, ...string[]],
  over: Partial<CommandRequest> = {},
  limits: Partial<CommandRequest["limits"]> = {},
): CommandRequest {
  const usual = { timeoutMs: 10_000, memoryBytes: 128 * MIB, processes: 32, cpus: 1, outputBytes: 64 * 1024, diskBytes: 16 * MIB };
  return { argv, cwd: ".", env: {}, stdin: null, workspace, access: "write", hosts: [], ...over, limits: { ...usual, ...limits } };
}

interface Seen {
  readonly code: string | number | null;
  readonly out: string;
  readonly err: string;
}

function seen(result: Result<CommandResult>): Seen {
  if (!result.ok) return { code: result.diagnostics[0]?.code ?? "?", out: "", err: "" };
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");
  return { code: result.value.exitCode, out: text(result.value.stdout), err: text(result.value.stderr) };
}

async function sh(script: string, over: Partial<CommandRequest> = {}, limits: Partial<CommandRequest["limits"]> = {}): Promise<Seen> {
  return seen(await commands.run(request(["/bin/sh", "-c", script], over, limits), NEVER));
}

/** Processes of this machine with that text among their arguments. */
function running(mark: string): readonly string[] {
  return fs.readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && fs.readFileSync(`/proc/${pid}/cmdline`, "latin1").includes(mark);
    } catch {
      return false;
    }
  });
}

const FIND_WRITABLE =
  "for f in $(find /proc -maxdepth 4 -path '/proc/[0-9]*' -prune -o -type f -print); do (exec 3<>$f) 2>&- && echo $f; done | grep .";

describe.skipIf(protection.by === "none")("a command in its sandbox", () => {
  test("sees the workspace, its arguments as they are, and its environment alone", async () => {
    const result = await commands.run(request(["/usr/bin/env"], { env: { TOKEN: "a b$(id)" }, cwd: "sub" }), NEVER);
    expect(seen(result).out.split("\n").sort().filter(Boolean)).toEqual([
      "HOME=/tmp",
      "LANG=C.UTF-8",
      "PATH=/usr/local/bin:/usr/bin:/bin",
      "PWD=/workspace/sub",
      "TOKEN=a b$(id)",
    ]);
    expect((await sh("pwd; cat ../a.txt", { cwd: "sub" })).out).toBe("/workspace/sub\nin the workspace");
    const argv = ["printf", "%s\n", "a b", "$(id)", "`id`", "; id", "&& id", "| id", "'\"", "--", "*"] as const;
    expect(seen(await commands.run(request(argv), NEVER)).out).toBe(`${argv.slice(2).join("\n")}\n`);
  });

  test("writes to the workspace, or only reads it, or does not have it", async () => {
    expect(await sh("echo new > b.txt")).toMatchObject({ code: 0 });
    expect(fs.readFileSync(path.join(workspace, "b.txt"), "utf8")).toBe("new\n");
    expect(await sh("cat a.txt; echo no > c.txt", { access: "read" })).toMatchObject({ code: 2, out: "in the workspace" });
    expect(await sh("pwd; ls /workspace", { access: "none" })).toMatchObject({ code: 2, out: "/tmp\n" });
    expect(fs.existsSync(path.join(workspace, "c.txt"))).toBe(false);
  });

  test("its input, its exit code, its two outputs up to a bound", async () => {
    expect(await sh("cat; exit 3", { stdin: Buffer.from("in\0put") })).toEqual({ code: 3, out: "in\0put", err: "" });
    const long = await commands.run(
      request(["/bin/sh", "-c", "echo err >&2; sleep 0.1; yes | head -c 1000000"], {}, { outputBytes: 1_000 }),
      NEVER,
    );
    expect(long.ok && [long.value.stdout.byteLength + long.value.stderr.byteLength, long.value.truncated, long.value.exitCode]).toEqual([
      1_000,
      true,
      0,
    ]);
    expect((await sh("nowhere-to-be-found")).code).toBe(127);
  });

  // HOSTILE_INPUTS 106 and 108, for commands: each is tried with the program that does it.
  test.each<[string, string]>([
    ["row 106: a link out of the workspace", "cat link.txt"],
    ["row 106: a link to the root", "cat root/etc/passwd"],
    ["row 106: the parent folder", "cat ../outside.txt"],
    ["row 106: an absolute path", "cat $OUTSIDE"],
    ["row 106: the environment of the gateway", "tr '\\0' '\\n' < /proc/1/environ | grep CANARY"],
    ["row 106: files of other processes", "cat /proc/[0-9]*/root$OUTSIDE"],
    ["row 106: home folders", "ls /root /home | grep ."],
    ["row 106: accounts", "cat /etc/shadow /etc/passwd"],
    ["row 108: a mount", "mount -t tmpfs none /tmp"],
    ["row 108: a namespace in the namespace", "unshare -U true"],
    ["row 108: a network namespace", "unshare -n true"],
    ["row 108: another process's memory", "strace -p 1"],
    ["row 108: a file outside of the workspace", "touch /x || touch /usr/x || touch /dev/x || touch /etc/x || touch /run/x"],
    ["row 108: a device", "cd /tmp && mknod sda b 8 0"],
    ["row 108: a parameter of the kernel", "dd conv=notrunc if=/dev/null of=/proc/sys/kernel/core_pattern"],
    ["row 108: a file of the kernel", "dd conv=notrunc if=/dev/null of=/proc/mtrr; test -s /proc/cmdline || test -s /proc/kallsyms"],
    ["row 108: anything in /proc that is not a process", FIND_WRITABLE],
    ["row 108: a set-user program", "su -c id || sudo -n id"],
    ["row 107: the network of the machine", "exec 3<>/dev/tcp/127.0.0.1/$PORT"],
    ["a higher limit", "prlimit --nofile=100000:100000 true"],
  ])("does not reach: %s", async (_name, script) => {
    const result = seen(
      await commands.run(request(["/bin/bash", "-c", script], { env: { OUTSIDE: path.join(folder, "outside.txt"), PORT: "9" } }), NEVER),
    );
    expect(result.code).not.toBe(0);
    expect(result.out).not.toContain("CANARY");
  });

  test("row 107: no network but its own empty one", async () => {
    const server = net.createServer((socket) => socket.end("CANARY"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as net.AddressInfo;
    const result = seen(await commands.run(request(["/bin/bash", "-c", `exec 3<>/dev/tcp/127.0.0.1/${port} && cat <&3`]), NEVER));
    expect(result).toMatchObject({ code: 1, out: "" });
    expect((await sh("tail -n +3 /proc/net/dev")).out).toMatch(/^\s*lo:.*\n$/);
    server.close();
  });

  test("row 107: abstract unix sockets of the machine are of another network", async () => {
    const server = net.createServer((socket) => socket.end("CANARY"));
    await new Promise<void>((resolve) => server.listen("\0moltbot-abstract-test", resolve));
    const script = `import socket; s=socket.socket(socket.AF_UNIX); s.connect("\\0moltbot-abstract-test"); print(s.recv(10))`;
    const result = seen(await commands.run(request(["/usr/bin/python3", "-c", script]), NEVER));
    expect([result.code === 0, result.out]).toEqual([false, ""]);
    server.close();
  });

  test("row 106: descriptors that we were left with are not handed on", async () => {
    const file = path.join(folder, "outside.txt");
    const script = `import { openCommands } from ${JSON.stringify(path.resolve(import.meta.dirname, "../index.ts"))};
      const commands = openCommands();
      const result = await commands.run(${JSON.stringify(request(["/bin/sh", "-c", "readlink /proc/self/fd/* | sort -u"]))}, AbortSignal.timeout(20000));
      process.stdout.write(result.ok ? Buffer.from(result.value.stdout) : JSON.stringify(result.diagnostics));`;
    const out = execFileSync(
      "/bin/bash",
      ["-c", `exec 9<"$1" 77<"$1" 251<"$1" 400</tmp; exec "$2" --input-type=module -e "$3"`, "-", file, process.execPath, script],
      { encoding: "utf8" },
    );
    expect(out).toContain("/dev/null");
    expect(out).not.toMatch(/outside|tmp/);
    expect(inheritedDescriptors().every((fd) => fd > 2)).toBe(true);
  });

  test("TIOCSTI and namespaces are refused by the filter, and it has no capability", async () => {
    const script = `import ctypes, fcntl, os
libc = ctypes.CDLL(None, use_errno=True)
print([libc.syscall(n, *a) and ctypes.get_errno() for n, a in ((272, (0x10000000,)), (435, (0, 0)), (101, (0, 0, 0, 0)), (425, (1, 0)), (319, (b"a", 0)), (41, (38, 5, 0)))])
try: fcntl.ioctl(0, 0x5412, b"x")
except OSError as error: print(error.errno)`;
    if (process.arch === "x64")
      expect((await sh(`exec python3 -c '${script.replaceAll("'", `"'"`)}'`)).out).toBe("[1, 38, 1, 1, 1, 97]\n1\n");
    const status = (await sh("grep -E 'CapEff|CapBnd|NoNewPrivs|Seccomp:' /proc/self/status")).out.replaceAll("\t", " ");
    expect(status).toBe("CapEff: 0000000000000000\nCapBnd: 0000000000000000\nNoNewPrivs: 1\nSeccomp: 2\n");
  });

  test("its memory, processes and writing are bounded (limits of the grant)", async () => {
    const greedy = "import sys\na=[]\nwhile True: a.append(bytearray(1<<20))";
    expect(await sh(`python3 -c '${greedy}'`)).toMatchObject({ code: 1, err: expect.stringContaining("MemoryError") as string });
    const shared = "import mmap,time\na=mmap.mmap(-1,400<<20)\nfor i in range(0,400<<20,4096): a[i]=1\nprint(1)";
    expect(await sh(`python3 -c '${shared}'`)).toEqual({ code: "COMMAND_LIMIT", out: "", err: "" });
    const spread =
      "import os,time\nfor _ in range(6): os.fork() or (bytearray(60<<20) and (b:=bytearray(b'x'*(60<<20))) and time.sleep(9))\ntime.sleep(9)";
    expect(await sh(`python3 -c "${spread}"`)).toEqual({ code: "COMMAND_LIMIT", out: "", err: "" });
    expect(
      await sh("for i in 1 2 3 4 5 6 7 8; do head -c 4000000 /dev/zero > disk$i; sync disk$i; sleep 0.05; done; rm disk*"),
    ).toMatchObject({ code: "COMMAND_LIMIT" });
    expect(await sh("head -c 20000000 /dev/zero > one")).not.toMatchObject({ code: 0 });
    expect(await sh("cd /tmp && head -c 20000000 /dev/zero > one")).not.toMatchObject({ code: 0 });
    expect(await sh("head -c 70000000 /dev/zero > /dev/shm/one")).not.toMatchObject({ code: 0 });
  });

  test("row 110: a fork bomb ends by itself, and the machine goes on", async () => {
    const before = performance.now();
    const result = seen(
      await commands.run(request(["/bin/bash", "-c", "b() { b | b & }; b; sleep 30"], {}, { processes: 16, timeoutMs: 3_000 }), NEVER),
    );
    expect(["COMMAND_LIMIT", "COMMAND_TIMEOUT"]).toContain(result.code);
    expect(performance.now() - before).toBeLessThan(8_000);
  });

  test("what it left running ends with it, and so does everything when its time is over or it is stopped", async () => {
    const mark = `4711${process.pid}`;
    expect(await sh(`(setsid sleep ${mark}.1 &) ; nohup sleep ${mark}.1 & sleep 0.1; echo done`)).toMatchObject({ code: 0, out: "done\n" });
    expect(running(`${mark}.1`)).toEqual([]);
    const stubborn = `trap "" TERM; (setsid sleep ${mark}.2 &); sleep ${mark}.2 & wait; sleep ${mark}.2`;
    expect(await sh(stubborn, {}, { timeoutMs: 400 })).toMatchObject({ code: "COMMAND_TIMEOUT" });
    expect(running(`${mark}.2`)).toEqual([]);
    const stop = new AbortController();
    const asked = commands.run(request(["sleep", `${mark}.3`]), stop.signal);
    setTimeout(() => stop.abort(), 300);
    expect(seen(await asked).code).toBe("COMMAND_STOPPED");
    expect(running(`${mark}.3`)).toEqual([]);
    expect(seen(await commands.run(request(["true"]), AbortSignal.abort())).code).toBe("COMMAND_STOPPED");
  });

  test("a gateway that is killed takes its commands along", async () => {
    const mark = `4712${process.pid}`;
    const script = `import { openCommands } from ${JSON.stringify(path.resolve(import.meta.dirname, "../index.ts"))};
      await openCommands().run(${JSON.stringify(request(["sleep", mark]))}, AbortSignal.timeout(20000));`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script, "gateway"], { stdio: "ignore" });
    const isThere = async (): Promise<boolean> =>
      running(mark).some((pid) => fs.readFileSync(`/proc/${pid}/comm`, "latin1").trim() === "sleep");
    await expect.poll(isThere, { timeout: 10_000 }).toBe(true);
    child.kill("SIGKILL");
    await expect.poll(() => running(`sleep\0${mark}`), { timeout: 5_000 }).toEqual([]);
  });
});

describe("a command that is refused", () => {
  const none = openCommands({ findPrograms: () => "bwrap" });
  test("without a sandbox: refused, and it is said why", async () => {
    expect(seen(await none.run(request(["true"]), NEVER)).code).toBe("SANDBOX_UNAVAILABLE");
    expect(await none.protection()).toEqual({ by: "none", layers: [], why: "the program bwrap is not installed" });
  });

  test("a sandbox that does not work is none", async () => {
    const broken = openCommands({ findPrograms: () => ({ bwrap: "/bin/false", prlimit: "/bin/true", taskset: "/bin/true" }) });
    expect(await broken.protection()).toMatchObject({ by: "none" });
    expect(seen(await broken.run(request(["true"]), NEVER)).code).toBe("SANDBOX_UNAVAILABLE");
  });

  test.each<[string, Partial<CommandRequest>, string]>([
    ["row 115: an option instead of a program", { argv: ["--help"] }, "COMMAND_INVALID"],
    ["no program", { argv: [""] }, "COMMAND_INVALID"],
    ["row 115: NUL in an argument", { argv: ["echo", "a\0b"] }, "COMMAND_INVALID"],
    ["NUL in a variable", { env: { A: "a\0b" } }, "COMMAND_INVALID"],
    ["a variable with an equals sign", { env: { "A=B": "x" } }, "COMMAND_INVALID"],
    ["row 106: a folder outside", { cwd: "../.." }, "COMMAND_INVALID"],
    ["row 106: an absolute folder", { cwd: "/etc" }, "COMMAND_INVALID"],
    ["a workspace that is not there", { workspace: "/nowhere/to/be/found" }, "COMMAND_INVALID"],
    ["limits.commandArguments", { argv: ["echo", ...Array.from({ length: LIMITS.commandArguments }, () => "a")] }, "COMMAND_LIMIT"],
    ["limits.commandChars", { argv: ["echo", "a".repeat(LIMITS.commandChars)] }, "COMMAND_LIMIT"],
  ])("%s", async (_name, over, code) => expect(seen(await commands.run(request(["true"], over), NEVER)).code).toBe(code));
});

const HAS_STRACE = spawnSync("strace", ["-V"]).status === 0;
test.skipIf(!HAS_STRACE)("a refused command makes no process, no socket and no file (I6)", () => {
  const refused = [request(["--help"]), request(["true"], { cwd: ".." }), request(["true"], { env: { "A=B": "" } })];
  const script = `import { openCommands } from ${JSON.stringify(path.resolve(import.meta.dirname, "../index.ts"))};
    const { writeSync } = await import("node:fs");
    const [none, some] = [openCommands({ findPrograms: () => "bwrap" }), openCommands()];
    writeSync(1, "begin\\n");
    const results = [await none.run(${JSON.stringify(request(["true"]))}, AbortSignal.timeout(9000))];
    for (const each of ${JSON.stringify(refused)}) results.push(await some.run(each, AbortSignal.timeout(9000)));
    writeSync(1, results.every((each) => !each.ok) ? "refused\\n" : "ran\\n");
    process.exit(0);`;
  const log = path.join(folder, "strace.txt");
  const args = [
    "-f",
    "-o",
    log,
    "-e",
    "trace=execve,fork,vfork,socket,connect,openat,mkdir,write",
    process.execPath,
    "--input-type=module",
    "-e",
    script,
  ];
  expect(spawnSync("strace", args, { encoding: "utf8" }).stdout).toBe("begin\nrefused\n");
  const lines = fs.readFileSync(log, "utf8").split("\n");
  const [from, to] = ["begin", "refused"].map((word) => lines.findIndex((line) => line.includes(`write(1, "${word}`)));
  const between = lines.slice((from ?? 0) + 1, to);
  expect(between.filter((line) => /execve|fork|socket|connect|mkdir|O_CREAT|O_WRONLY|O_RDWR/.test(line))).toEqual([]);
  expect(lines.filter((line) => line.includes("execve("))).toHaveLength(1);
});
