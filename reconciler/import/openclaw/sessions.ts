import { at, itemsOf, textOf, type SourceNode } from "../json5/tree.ts";
import { asDuration, asDurationText, asInteger, oneOf } from "./convert.ts";
import type { Fold } from "./fold.ts";
import { top, type Gateway } from "./gateway.ts";

const SCOPE = oneOf({
  main: "main",
  "per-peer": "peer",
  "per-channel-peer": "channel-peer",
  "per-account-channel-peer": "account-channel-peer",
});

const MODE = oneOf({ daily: "daily", idle: "idle", none: "never", never: "never", off: "never" });

/** `session`: what counts as one conversation, the same for every agent. */
export function carrySessions(gateway: Gateway, fold: Fold): void {
  const session = top(gateway, "session");
  if (!session) return;
  for (const { address } of gateway.agents) {
    const path = ["spec", "sessions"];
    fold.field(at(session, "dmScope"), address, [...path, "scope"], SCOPE);
    fold.field(at(session, "scope"), address, [...path, "scope"], oneOf({ global: "main" }));
    fold.field(at(session, "reset", "mode"), address, [...path, "reset", "mode"], MODE);
    fold.field(at(session, "reset", "atHour"), address, [...path, "reset", "hour"], asInteger);
    fold.field(at(session, "reset", "idleMinutes"), address, [...path, "reset", "idle"], asDuration("m"));
    // Older versions had the idle time alone, which also said the mode.
    const idle = at(session, "idleMinutes");
    fold.field(idle, address, [...path, "reset", "idle"], asDuration("m"));
    fold.field(idle, address, [...path, "reset", "mode"], () => "idle");
    fold.field(at(session, "maintenance", "pruneAfter"), address, [...path, "retention"], asDurationText);
    fold.field(at(session, "maintenance", "maxEntries"), address, [...path, "maxSessions"], asInteger);
    fold.field(at(session, "maxHistory"), address, [...path, "maxMessages"], asInteger);
    fold.list(address, [...path, "resetCommands"], commands(at(session, "resetTriggers")));
  }
}

function commands(list: SourceNode | undefined): readonly { readonly node: SourceNode; readonly value: string }[] {
  return itemsOf(list).flatMap((node) => {
    const value = textOf(node);
    return value === undefined ? [] : [{ node, value }];
  });
}
