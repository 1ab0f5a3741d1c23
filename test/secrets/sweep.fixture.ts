import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { serve } from "../../runtime/agents/agents.fixture.ts";
import { folderWith } from "../../cmd/cli.fixture.ts";
import { canary, formsIn, formsOf, INPUT_SUFFIX, MARK_FORMS } from "../canaries.fixture.ts";
import { identityText, person } from "./tree.fixture.ts";

/** One run of a command in a world full of canaries. */
export interface SweptRun {
  readonly args: readonly string[];
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The value was asked for, on standard output. */
  readonly isAskedFor?: boolean;
  /** Runs in the ordinary suite too. */
  readonly isShort?: boolean;
}

const run = (line: string, more: Omit<SweptRun, "args"> = {}): SweptRun => ({ args: line.split(" "), ...more });
const short = (line: string, more: Omit<SweptRun, "args"> = {}): SweptRun => run(line, { ...more, isShort: true });
const REPORTS = ["sarif", "junit", "github", "markdown", "json"].map((format) => `--report ${format}=OUT/r.${format}`).join(" ");

/** Every command, in an order in which each has something to do; failures and words for people and machines alike. */
export const RUNS: Readonly<Record<string, readonly SweptRun[]>> = {
  "secret:set": [
    short("secret set api key --verbose", { input: canary("set") }),
    run("secret set api filed --from-file IN/value.canary-input -o json"),
    run("secret set api key --recipient age1nobody", { input: canary("set") }),
    short(`secret set api key ${canary("argument")} --verbose`),
  ],
  "secret:encrypt": [run("secret encrypt api key -o yaml", { input: canary("encrypt") })],
  "secret:view": [
    short("secret view api key", { isAskedFor: true }),
    run("secret view api fromenv --verbose"),
    run("secret view api key --verbose", { env: { MOLTBOT_AGE_IDENTITY: `AGE-SECRET-KEY-1${canary("identity")}` } }),
  ],
  "secret:edit": [
    short("secret edit api --verbose", { env: { EDITOR: "IN/editor.canary-input" } }),
    run("secret edit api key", { env: { EDITOR: "false" } }),
  ],
  "secret:rekey": [run("secret rekey --verbose -o json"), run("secret rekey --dry-run"), run("secret rekey --add age1nobody")],
  "secret:check": [short(`secret check --verbose ${REPORTS}`), run("secret check -o json")],
  "secret:keygen": [run("secret keygen --out OUT/new.key")],
  validate: [run(`validate --verbose ${REPORTS}`)],
  render: [run("render -o json"), run("render --origins")],
  plan: [
    short(`plan --verbose ${REPORTS}`),
    run("plan -o json"),
    run("plan -o jsonl"),
    run("plan -o markdown"),
    run("plan --out OUT/plan.json"),
  ],
  show: [run("show OUT/plan.json --verbose"), run("show OUT/plan.json -o json")],
  apply: [short("apply --auto-approve --verbose"), run("apply --auto-approve -o json"), run("apply OUT/plan.json --verbose")],
  chat: [short("chat helper hello --verbose"), run("chat helper hello -o json"), run("chat helper --sessions")],
  status: [run("status --verbose"), run("status -o json")],
  drift: [run("drift --verbose"), run("drift -o json")],
  history: [run("history --verbose"), run("history -o json")],
  "audit:tail": [run("audit tail --verbose"), run("audit tail -o json")],
  "audit:verify": [run("audit verify --verbose")],
  "audit:export": [run("audit export --out OUT/audit.json"), run("audit export")],
  "audit:new-epoch": [run("audit new-epoch --reason x --auto-approve --verbose")],
  graph: [run("graph -o json"), run("graph")],
  explain: [run("explain SECRET_NO_IDENTITY --verbose")],
  schema: [run("schema Secret")],
  doctor: [short("doctor --verbose"), run("doctor -o json")],
  export: [run("export --out OUT/export --verbose"), run("export -o json")],
  fmt: [run("fmt --check --verbose")],
  migrate: [run("migrate --manifests --check --verbose")],
  backup: [short("backup OUT/backup.db --verbose")],
  restore: [run("restore OUT/backup.db --replace --because x --verbose"), run("restore OUT/nothing --because x --verbose")],
  rollback: [run("rollback 1 --because x --auto-approve --verbose"), run("rollback 99 --because x --auto-approve --verbose")],
  why: [run("why helper can http.fetch --verbose"), run("why data helper -o json")],
  diff: [run("diff --verbose"), run("diff -o json")],
  approve: [run("approve OUT/plan.json --ssh-key IN/nothing --auto-approve --verbose")],
  prove: [run("prove --out OUT/proof.json --verbose")],
  "prove:verify": [run("prove verify OUT/proof.json --verbose"), run("prove verify IN/value.canary-input --verbose")],
  "trust:init": [run("trust init --auto-approve --verbose")],
  "trust:show": [run("trust show --verbose -o json")],
  "trust:waive": [run("trust waive OUT/plan.json --because x --auto-approve --verbose")],
  "trust:remove": [run("trust remove --auto-approve --verbose")],
  "policy:build": [run("policy build --check --verbose")],
  "policy:test": [run("policy test --verbose")],
  "policy:lint": [run("policy lint --verbose")],
  "policy:list": [run("policy list -o json")],
  "policy:eval": [run("policy eval helper http.fetch get --verbose")],
  "policy:diff": [run("policy diff --verbose")],
  "plugin:init": [run("plugin init notes OUT/notes --verbose")],
  "plugin:pack": [run("plugin pack OUT/notes --out OUT/notes.tar.gz --verbose")],
  "plugin:sign": [run("plugin sign OUT/notes.tar.gz --key IN/nothing --verbose")],
  "plugin:inspect": [run("plugin inspect OUT/notes.tar.gz --verbose")],
  "plugin:verify": [run("plugin verify OUT/notes.tar.gz --bundle IN/nothing --verbose")],
  resume: [run("resume --verbose")],
  adopt: [run("adopt Secret/api --from other/default --auto-approve --verbose")],
  watch: [run("watch --once --verbose"), run("watch --once -o json")],
  "gateway:recipient": [run("gateway recipient --verbose")],
  "gateway:approvals": [run("gateway approvals --verbose")],
  "gateway:approvals:list": [run("gateway approvals list -o json")],
  "gateway:approvals:give": [run("gateway approvals give 0123456789abcdef --verbose")],
  "gateway:approvals:refuse": [run("gateway approvals refuse 0123456789abcdef --reason x --verbose")],
  "gateway:credentials:login": [run("gateway credentials login model --verbose")],
  "gateway:credentials:logout": [run("gateway credentials logout model --verbose")],
  "gateway:deliveries": [run("gateway deliveries --verbose")],
  "gateway:deliveries:list": [run("gateway deliveries list -o json")],
  "gateway:deliveries:resend": [run("gateway deliveries resend 0123456789abcdef --verbose")],
  "gateway:deliveries:drop": [run("gateway deliveries drop 0123456789abcdef --verbose")],
  "gateway:devices": [run("gateway devices --verbose")],
  "gateway:devices:add": [run("gateway devices add laptop --verbose")],
  "gateway:devices:revoke": [run("gateway devices revoke laptop --verbose")],
  "gateway:freeze": [run("gateway freeze Agent/nobody --reason x --verbose")],
  "gateway:unfreeze": [run("gateway unfreeze 0123456789abcdef --verbose")],
  "gateway:login": [run("gateway login --url http://127.0.0.1:1 --verbose")],
  "gateway:logout": [run("gateway logout --url http://127.0.0.1:1 --verbose")],
  "gateway:token": [run("gateway token --url http://127.0.0.1:1 --verbose")],
  "gateway:pairing": [run("gateway pairing --verbose")],
  "gateway:pairing:list": [run("gateway pairing list -o json")],
  "gateway:pairing:approve": [run("gateway pairing approve ABCD-EFGH --verbose")],
  "gateway:pairing:invite": [run("gateway pairing invite nobody ada --verbose")],
  "gateway:pairing:revoke": [run("gateway pairing revoke nobody --verbose")],
  "gateway:person:export": [run("gateway person export telegram:1 --out OUT/person.json --verbose")],
  "gateway:person:delete": [run("gateway person delete telegram:1 --reason x --auto-approve --verbose")],
  "gateway:rotate-keys": [run("gateway rotate-keys --reason x --verbose")],
  "plugin:test": [run("plugin test IN --verbose")],
  "policy:replay": [run("policy replay 1 --verbose")],
  // One that goes on is swept by what test/gateway leaves behind.
  "gateway:run": [run("gateway run --state IN/nowhere/at-all --verbose")],
  "gateway:logs": [run("gateway logs --verbose"), run("gateway logs -o jsonl")],
  "gateway:status": [run("gateway status --verbose"), run("gateway status -o json")],
  "gateway:reset-store": [run("gateway reset-store --reason x --auto-approve --verbose")],
  "import:openclaw": [
    run("import openclaw IN/openclaw.json.canary-input --out OUT/imported --name imported --verbose"),
    run("import openclaw IN/openclaw.json.canary-input -o json"),
  ],
  "import:cue": [run("import cue IN --out OUT/cue --verbose")],
  init: [run("init OUT/made --yes --no-git --verbose")],
  completion: [run("completion bash")],
  "verify-bundle": [run("verify-bundle IN/value.canary-input --bundle IN/nothing --verbose")],
  destroy: [run("destroy --because x --auto-approve --verbose")],
};

const CLI = path.resolve(import.meta.dirname, "../../bin/moltbot.js");
const DOCUMENT = "apiVersion: moltbot.dev/v1alpha1\n";

export interface SweptWorld extends AsyncDisposable {
  /** Runs a command under strace. @returns where a canary was found: stream, argument or environment of a child. */
  readonly sweep: (swept: SweptRun) => Promise<readonly string[]>;
  /** Every file that holds a canary, inputs and keys apart. */
  readonly files: () => readonly string[];
  readonly write: (name: string, text: string) => void;
  /** The exit codes seen so far, by command line. */
  readonly codes: Map<string, number | null>;
}

/** A repository whose every kind of secret is a canary, a provider that quotes them back (row 105), and nothing else. */
export async function sweptWorld(): Promise<SweptWorld> {
  const me = await person();
  const server = await serve((response, seen) => {
    response.writeHead(401, { "content-type": "application/json" });
    response.end(
      JSON.stringify({
        error: {
          message: `Bad credentials: ${JSON.stringify(seen.headers)} ${canary("set")
            .match(/.{1,7}/g)
            ?.join("\n")}`,
        },
      }),
    );
  });
  const { path: root, dispose } = folderWith({
    [`in/value${INPUT_SUFFIX}`]: canary("file"),
    [`in/openclaw.json${INPUT_SUFFIX}`]: JSON.stringify({
      gateway: { auth: { token: canary("gateway") } },
      channels: { telegram: { botToken: canary("bot") } },
    }),
    "r/moltbot.yaml": `${DOCUMENT}kind: Project\nmetadata:\n  name: acme\nspec:\n  secrets:\n    rules:\n      - path: "*"\n        recipients:\n          - ${me.recipient}\n`,
    "r/all/agent.yaml": `${DOCUMENT}kind: Agent\nmetadata:\n  name: helper\nspec:\n  model:\n    provider: cloud\n    name: m\n  prompt: Help.\n`,
    "r/all/provider.yaml": `${DOCUMENT}kind: ModelProvider\nmetadata:\n  name: cloud\nspec:\n  type: openai-compatible\n  endpoint: ${server.url}/v1\n  credentials:\n    secret: api\n    key: key\n  timeout: 5s\n  retries:\n    attempts: 0\n`,
    "r/all/secret.yaml": `${DOCUMENT}kind: Secret\nmetadata:\n  name: api\nspec:\n  values:\n    key:\n      pending: {}\n    fromenv:\n      env:\n        name: ACME_KEY\n`,
  });
  fs.writeFileSync(path.join(root, `in/editor${INPUT_SUFFIX}`), `#!/bin/sh\necho "added: ${canary("edited")}" >>"$1"\n`, { mode: 0o755 });
  const at = (name: string): string => path.join(root, name);
  for (const folder of ["out", "home", "tmp"]) fs.mkdirSync(at(folder));
  const identity = await identityText(me);
  const env: Readonly<Record<string, string>> = {
    PATH: process.env["PATH"] ?? "",
    HOME: at("home"),
    TMPDIR: at("tmp"),
    XDG_CACHE_HOME: at("cache"),
    LANG: "C.UTF-8",
    ACME_KEY: canary("environment"),
    MOLTBOT_AGE_IDENTITY: identity,
  };
  // The line with the key, without its comments.
  const forms = [...MARK_FORMS, ...formsOf(identity.split("\n").at(-2) ?? "")];
  const codes = new Map<string, number | null>();
  const filled = (text: string): string => text.replaceAll("IN/", `${at("in")}/`).replaceAll("OUT/", `${at("out")}/`);
  let count = 0;
  const sweep = async (swept: SweptRun): Promise<readonly string[]> => {
    const trace = at(`trace-${count++}`);
    const args = swept.args.map(filled);
    const more = Object.fromEntries(Object.entries(swept.env ?? {}).map(([name, value]) => [name, filled(value)]));
    const { code, out, err } = await traced(trace, args, { cwd: at("r"), env: { ...env, ...more }, input: swept.input ?? "" });
    codes.set(swept.args.join(" "), code);
    const children = childrenIn(fs.readFileSync(trace, "latin1"));
    fs.rmSync(trace);
    const found = (where: string, bytes: Buffer): readonly string[] => formsIn(bytes, forms).map((form) => `${where}: ${form}`);
    const line = swept.args.join(" ");
    return [
      ...(swept.isAskedFor === true ? [] : found(`stdout of ${line}`, out)),
      ...found(`stderr of ${line}`, err),
      ...found(`children of ${line}`, Buffer.from(children.join("\n"), "latin1")),
    ];
  };
  return {
    sweep,
    codes,
    write: (name, text) => fs.writeFileSync(at(name), text),
    files: () =>
      fs
        .readdirSync(root, { recursive: true, encoding: "utf8" })
        .filter((name) => fs.lstatSync(at(name)).isFile() && !name.startsWith("in/"))
        .filter((name) => formsIn(fs.readFileSync(at(name)), forms).length > 0)
        .sort(),
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      dispose();
    },
  };
}

interface Traced {
  readonly code: number | null;
  readonly out: Buffer;
  readonly err: Buffer;
}

function traced(
  trace: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Record<string, string>; readonly input: string },
): Promise<Traced> {
  const { input, ...rest } = options;
  const child = spawn("strace", ["-f", "-qq", "-e", "trace=execve", "-v", "-s", "200000", "-o", trace, process.execPath, CLI, ...args], {
    ...rest,
    stdio: "pipe",
  });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (bytes: Buffer) => out.push(bytes));
  child.stderr.on("data", (bytes: Buffer) => err.push(bytes));
  child.stdin.on("error", () => undefined).end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out: Buffer.concat(out), err: Buffer.concat(err) }));
  });
}

/** What was started beside moltbot itself, whose own environment the user made, and what an editor script starts. */
function childrenIn(trace: string): readonly string[] {
  const [self, ...others] = trace.split("\n").filter((line) => line.includes("execve("));
  if (self === undefined) throw new Error("strace saw nothing");
  return others;
}
