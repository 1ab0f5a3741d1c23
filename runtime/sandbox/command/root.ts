import fs from "node:fs";
import path from "node:path";
import type { CommandRequest } from "../types.ts";

/** Where the workspace is for a command. */
export const WORKSPACE = "/workspace";
/** Where our own files are for a command that has a network. */
export const OWN = "/run/moltbot";
/** The proxy's port inside of the namespace. */
export const PROXY_PORT = 3128;

/** What of /etc programs need to run at all; nothing in it is about this machine's people or secrets. */
const OF_ETC = ["ld.so.cache", "alternatives", "ssl/certs", "ca-certificates.conf", "pki/tls/certs", "mime.types", "localtime"];
/** Files of /proc that programs read to know their machine. */
const PLAIN_PROC = new Set(["cpuinfo", "diskstats", "filesystems", "loadavg", "meminfo", "stat", "swaps", "uptime", "version", "vmstat"]);
const FIXED: readonly string[] = [
  ...["user", "pid", "net", "ipc", "uts", "cgroup-try"].map((each) => `--unshare-${each}`),
  "--disable-userns",
  "--die-with-parent",
  "--new-session",
  "--clearenv",
  ...Object.entries({ "cap-drop": "ALL", uid: "1000", gid: "1000", hostname: "sandbox" }).flatMap(([name, value]) => [`--${name}`, value]),
];
const MOST_TMP_BYTES = 64 * 1024 * 1024;

/** What is mounted beside the system for a command with a network. */
export interface NetworkFiles {
  readonly socket: string;
  readonly node: string;
  readonly forwarder: string;
}

/** The arguments of bubblewrap, but for the descriptors and the command. Reads which system folders there are. */
export function rootArguments(request: CommandRequest, network: NetworkFiles | null): readonly string[] {
  const tmpBytes = String(Math.max(4096, Math.min(request.limits.diskBytes, Math.floor(request.limits.memoryBytes / 2), MOST_TMP_BYTES)));
  return [
    ...FIXED,
    ...systemFolders(),
    ...OF_ETC.flatMap((name) => ["--ro-bind-try", `/etc/${name}`, `/etc/${name}`]),
    "--proc",
    "/proc",
    ...kernelFiles(),
    "--dev",
    "/dev",
    ...sizedFolder("/dev/shm", tmpBytes),
    ...sizedFolder("/tmp", tmpBytes),
    ...workspaceArguments(request),
    ...(network ? networkArguments(network) : []),
    // What bubblewrap itself made is memory without a bound; only what is named above can be written to.
    "--remount-ro",
    "/dev",
    "--remount-ro",
    "/",
    ...environmentOf(request, network !== null).flatMap(([name, value]) => ["--setenv", name, value]),
    "--chdir",
    request.access === "none" ? "/tmp" : path.posix.join(WORKSPACE, request.cwd),
  ];
}

function sizedFolder(place: string, bytes: string): readonly string[] {
  return ["--size", bytes, "--tmpfs", place];
}

/**
 * Of /proc, what is about the machine and not about processes: folders read-only, files away unless they
 * are in {@link PLAIN_PROC}. A command of a gateway that is run by root has no capability, and still owns
 * these files: without this it could set parameters of the kernel.
 */
function kernelFiles(): readonly string[] {
  return fs.readdirSync("/proc", { withFileTypes: true }).flatMap((entry) => {
    const place = `/proc/${entry.name}`;
    if (/^[0-9]/.test(entry.name) || entry.isSymbolicLink() || PLAIN_PROC.has(entry.name)) return [];
    return entry.isDirectory() ? ["--ro-bind", place, place] : ["--ro-bind", "/dev/null", place];
  });
}

function environmentOf({ env }: CommandRequest, hasNetwork: boolean): readonly (readonly [string, string])[] {
  const proxy = `http://127.0.0.1:${PROXY_PORT}`;
  const names = ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];
  const given = Object.entries({ PATH: "/usr/local/bin:/usr/bin:/bin", HOME: "/tmp", LANG: "C.UTF-8", ...env });
  return [...given, ...(hasNetwork ? names.map((name) => [name, proxy] as const) : [])];
}

/** `/usr` read-only, and beside it what is a link into it on most systems and a folder on others. */
function systemFolders(): readonly string[] {
  const beside = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"].flatMap((name) => {
    const facts = fs.lstatSync(`/${name}`, { throwIfNoEntry: false });
    if (facts?.isSymbolicLink()) return ["--symlink", fs.readlinkSync(`/${name}`), `/${name}`];
    return facts?.isDirectory() ? ["--ro-bind", `/${name}`, `/${name}`] : [];
  });
  return ["--ro-bind", "/usr", "/usr", ...beside];
}

function workspaceArguments({ access, workspace }: CommandRequest): readonly string[] {
  if (access === "none") return [];
  return [access === "write" ? "--bind" : "--ro-bind", workspace, WORKSPACE];
}

function networkArguments({ socket, node, forwarder }: NetworkFiles): readonly string[] {
  return [socket, node, forwarder].flatMap((file, i) => ["--ro-bind", file, `${OWN}/${["proxy.sock", "node", "forward.mjs"][i] ?? ""}`]);
}
