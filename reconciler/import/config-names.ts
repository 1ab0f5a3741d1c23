/**
 * Names of OpenClaw's configuration, now and when it was called otherwise; of several in one folder the
 * first counts, as for the gateway itself. Backups have other names (`openclaw.json.bak`), so they are
 * never taken for it.
 */
export const CONFIG_NAMES = [
  "openclaw.json",
  "openclaw.json5",
  "moltbot.json",
  "moltbot.json5",
  "clawdbot.json",
  "clawdbot.json5",
] as const;
