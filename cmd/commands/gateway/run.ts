import { parseDuration, type Result } from "../../../core/index.ts";
import type { GatewayEvent, Stopped } from "../../../runtime/process/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Flags, outputFlag } from "../../flags.ts";
import { conclude, type Session } from "../../session.ts";
import { PASSPHRASE_FLAGS } from "../../store-key-flags.ts";
import { UsageError } from "../../usage.ts";
import { gatewayEventLine, gatewayEventText, stoppedViews } from "../../views/gateway.ts";

export default class GatewayRun extends MoltbotCommand {
  static override summary = "Run what is applied: the gateway";
  static override description =
    "Runs the active generation of every owner in the state folder until SIGTERM or Ctrl-C, and stops within five seconds. `apply` beside it " +
    "brings new generations in without a restart: each is tried first, and one that cannot run leaves the one before it in force. Where nothing " +
    "was applied yet, the store is made, so that `gateway recipient` knows whom to encrypt secrets for. Needs no repository with --state.";
  static override examples = [
    { description: "Beside the repository", command: "<%= config.bin %> gateway run" },
    { description: "As a service", command: "<%= config.bin %> gateway run --state /var/lib/moltbot -o jsonl" },
  ];
  static override flags = {
    output: outputFlag("text", "jsonl"),
    port: Flags.integer({
      helpValue: "N",
      min: 0,
      max: 65_535,
      description: "the port; 0 lets the system choose (default: as `target.listen.port` of the Project says, else 0)",
      env: "MOLTBOT_PORT",
    }),
    "log-level": Flags.string({
      options: ["error", "warn", "info", "debug"],
      default: "info",
      description: "how much the log tells (default: info)",
      env: "MOLTBOT_LOG_LEVEL",
    }),
    "log-file": Flags.string({
      helpValue: "FILE",
      description: "where the log goes, as JSON lines; `-` is standard error (default: gateway.log in the state folder)",
      env: "MOLTBOT_LOG_FILE",
    }),
    "rotate-keys-every": Flags.string({
      helpValue: "DURATION",
      default: "90d",
      description: "how old the keys of conversations may become before they are rotated, such as 30d, or `off` (default: 90d)",
      env: "MOLTBOT_ROTATE_KEYS_EVERY",
    }),
    "oidc-issuer": Flags.string({
      helpValue: "URL",
      description: "the identity provider where people log in",
      env: "MOLTBOT_OIDC_ISSUER",
      dependsOn: ["oidc-client-id"],
    }),
    "oidc-client-id": Flags.string({
      helpValue: "ID",
      description: "the gateway's name at the identity provider",
      env: "MOLTBOT_OIDC_CLIENT_ID",
      dependsOn: ["oidc-issuer"],
    }),
    ...PASSPHRASE_FLAGS,
  };

  async run(): Promise<number> {
    const { flags } = await this.read(GatewayRun);
    const session = this.session(flags);
    return conclude(session, await runIn(session, flags), { views: stoppedViews });
  }
}

interface RunFlags {
  readonly "passphrase-file"?: string | undefined;
  readonly "log-level": string;
  readonly "rotate-keys-every": string;
  readonly "log-file"?: string | undefined;
  readonly port?: number | undefined;
  readonly "oidc-issuer"?: string | undefined;
  readonly "oidc-client-id"?: string | undefined;
}

function oidcOf(flags: RunFlags): { readonly issuer: string; readonly clientId: string } | null {
  const [issuer, clientId] = [flags["oidc-issuer"], flags["oidc-client-id"]];
  if (issuer === undefined || clientId === undefined) return null;
  if (!URL.canParse(issuer) || !/^https?:/.test(issuer)) throw new UsageError("--oidc-issuer takes an https address.");
  return { issuer, clientId };
}

const LEVELS = ["error", "warn", "info", "debug"] as const;

async function runIn(session: Session, flags: RunFlags): Promise<Result<Stopped>> {
  const oidc = oidcOf(flags);
  const { stateOf } = await import("../../state-of.ts");
  const dir = await stateOf(session);
  if (!dir.ok) return dir;
  const { unlocked } = await import("../../store-key.ts");
  const storeKey = await unlocked(session, dir.value, flags);
  if (!storeKey.ok) return storeKey;
  const { runGateway } = await import("../../../runtime/process/index.ts");
  const world = await session.world();
  return await runGateway(
    {
      dir: dir.value,
      actor: world.actor,
      clock: world.clock,
      ids: world.ids,
      storeKey: storeKey.value,
      version: world.version,
      kinds: world.kinds,
      env: process.env,
      rotateEveryMs: rotationOf(flags["rotate-keys-every"]),
      log: { level: LEVELS.find((each) => each === flags["log-level"]) ?? "info", file: flags["log-file"] ?? null },
      oidc,
      port: flags.port ?? null,
      declare: async (manifest, beside) => {
        const { declareBeside } = await import("../../../reconciler/engine.ts");
        return declareBeside(manifest, beside, world.kinds);
      },
      tell: (event) => tellOn(session, event),
    },
    session.interrupt.signal,
  );
}

function tellOn(session: Session, event: GatewayEvent): void {
  const now = new Date();
  if (session.format === "jsonl") void session.io.out(gatewayEventLine(event, now));
  else if (!session.quiet || event.kind === "trouble") session.io.err(`${now.toISOString()} ${gatewayEventText(event, session.errLook)}\n`);
}

const MIN_ROTATION_MS = 60_000;

function rotationOf(said: string): number | null {
  if (said === "off") return null;
  const ms = parseDuration(said);
  if (ms === undefined || ms < MIN_ROTATION_MS)
    throw new UsageError("--rotate-keys-every takes a duration of at least 1m, such as 30d, or `off`.");
  return ms;
}
