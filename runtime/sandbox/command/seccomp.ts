/**
 * The system calls that no command needs and whose errors have been ways out of sandboxes, as a seccomp
 * filter (classic BPF). It stands behind namespaces and dropped capabilities, which deny most of these too.
 * Numbers: Linux, asm/unistd_64.h and asm-generic/unistd.h; x86-64 first, then arm64.
 */
const DENIED: Readonly<Record<string, readonly [number | null, number | null]>> = {
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  process_madvise: [440, 440],
  pidfd_getfd: [438, 438],
  kcmp: [312, 272],
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  open_tree: [428, 428],
  move_mount: [429, 429],
  mount_setattr: [442, 442],
  unshare: [272, 97],
  setns: [308, 268],
  open_by_handle_at: [304, 265],
  name_to_handle_at: [303, 264],
  keyctl: [250, 219],
  add_key: [248, 217],
  request_key: [249, 218],
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  reboot: [169, 142],
  swapon: [167, 224],
  swapoff: [168, 225],
  acct: [163, 89],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  syslog: [103, 116],
  settimeofday: [164, 170],
  clock_settime: [227, 112],
  adjtimex: [159, 171],
  clock_adjtime: [305, 266],
  sethostname: [170, 161],
  setdomainname: [171, 162],
  lookup_dcookie: [212, 18],
  nfsservctl: [180, 42],
  vhangup: [153, 58],
  personality: [135, 92],
  fanotify_init: [300, 262],
  move_pages: [279, 239],
  migrate_pages: [256, 238],
  iopl: [172, null],
  ioperm: [173, null],
  modify_ldt: [154, null],
  uselib: [134, null],
  _sysctl: [156, null],
  ustat: [136, null],
  sysfs: [139, null],
  // Memory that no limit of a process counts: what they make outlives its mappings.
  memfd_create: [319, 279],
  memfd_secret: [447, 447],
  shmget: [29, 194],
  msgget: [68, 186],
  semget: [64, 190],
};
const CLONE = [56, 220] as const;
/** Its flags lie in memory, where a filter cannot look: programs fall back to `clone`. */
const CLONE3 = [435, 435] as const;
const SOCKET = [41, 198] as const;
const IOCTL = [16, 29] as const;

/** CLONE_NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
const NEW_NAMESPACES = 0x7e02_0080;
const UNIX = 1;
const INET = 2;
const INET6 = 10;
const NETLINK = 16;
/** Puts characters into the terminal as if somebody had typed them. */
const TIOCSTI = 0x5412;
const TIOCLINUX = 0x541c;

const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;
const RET = { allow: 0x7fff_0000, kill: 0x8000_0000, error: 0x0005_0000 } as const;
const OP = { load: 0x20, equal: 0x15, least: 0x35, anyBit: 0x45, return: 0x06 } as const;
/** Offsets in `struct seccomp_data`; of an argument, its low half on a little-endian machine. */
const AT = { number: 0, machine: 4, argument: (index: number) => 16 + 8 * index } as const;
const X32 = 0x4000_0000;

type Instruction = readonly [op: number, value: number, ifTrue?: number, ifFalse?: number];

/** The filter as bubblewrap reads it; null on a machine whose numbers we do not have. */
export function seccompFilter(machine: string): Uint8Array | null {
  const which = machine === "x64" ? 0 : machine === "arm64" ? 1 : null;
  if (which === null) return null;
  const audit = which === 0 ? 0xc000_003e : 0xc000_00b7;
  const fail = (error: number): Instruction => [OP.return, RET.error | error];
  const denied = Object.values(DENIED).flatMap((numbers) => numbers[which] ?? []);
  const program: readonly Instruction[] = [
    [OP.load, AT.machine],
    [OP.equal, audit, 1, 0],
    [OP.return, RET.kill],
    [OP.load, AT.number],
    ...(which === 0 ? ([[OP.least, X32, 0, 1], fail(ENOSYS)] as const) : []),
    ...denied.flatMap((number): readonly Instruction[] => [[OP.equal, number, 0, 1], fail(EPERM)]),
    [OP.equal, CLONE3[which], 0, 1],
    fail(ENOSYS),
    [OP.equal, CLONE[which], 0, 4],
    [OP.load, AT.argument(0)],
    [OP.anyBit, NEW_NAMESPACES, 0, 1],
    fail(EPERM),
    [OP.return, RET.allow],
    [OP.equal, IOCTL[which], 0, 5],
    [OP.load, AT.argument(1)],
    [OP.equal, TIOCSTI, 1, 0],
    [OP.equal, TIOCLINUX, 0, 1],
    fail(EPERM),
    [OP.return, RET.allow],
    [OP.equal, SOCKET[which], 0, 6],
    [OP.load, AT.argument(0)],
    [OP.equal, UNIX, 4, 0],
    [OP.equal, INET, 3, 0],
    [OP.equal, INET6, 2, 0],
    [OP.equal, NETLINK, 1, 0],
    fail(EAFNOSUPPORT),
    [OP.return, RET.allow],
  ];
  const bytes = Buffer.alloc(program.length * 8);
  for (const [i, [op, value, ifTrue = 0, ifFalse = 0]] of program.entries()) {
    bytes.writeUInt16LE(op, i * 8);
    bytes.writeUInt8(ifTrue, i * 8 + 2);
    bytes.writeUInt8(ifFalse, i * 8 + 3);
    bytes.writeUInt32LE(value >>> 0, i * 8 + 4);
  }
  return bytes;
}
