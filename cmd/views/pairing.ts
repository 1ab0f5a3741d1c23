import { escapeText } from "../../core/index.ts";
import type { ChannelPairings } from "../../runtime/channels/index.ts";
import type { Invited, PairingDone } from "../pairing.ts";
import { plainViews, type Views } from "./index.ts";
import { table } from "./layout.ts";
import { fitted } from "./look.ts";
import { symbolOf } from "./status.ts";

/** Who waits, and who was let in. What strangers call themselves is shown in quotes: it says nothing about who they are. */
export const pairingsViews: Views<readonly ChannelPairings[]> = {
  ...plainViews((channels) => ({ formatVersion: "1.0", kind: "Pairings", channels })),
  text: (channels, look) => {
    const waiting = channels.flatMap(({ channel, pending }) =>
      pending.map(({ code, sender, senderName, until }) =>
        [code, channel, sender, senderName === null ? "" : JSON.stringify(senderName), until].map(escapeText),
      ),
    );
    const paired = channels.flatMap(({ channel, paired: all }) =>
      all.map(({ id, sender, by, at }) => [id, channel, sender, by, at].map(escapeText)),
    );
    if (waiting.length === 0 && paired.length === 0) return fitted(look, "Nobody waits to be let in, and nobody was.\n");
    const lines = [
      ...(waiting.length === 0
        ? ["Nobody waits to be let in."]
        : [...table(["CODE", "CHANNEL", "SENDER", "CALLS ITSELF", "UNTIL"], waiting, look), "", "moltbot gateway pairing approve CODE"]),
      ...(paired.length === 0 ? [] : ["", ...table(["ID", "CHANNEL", "SENDER", "LET IN BY", "AT"], paired, look)]),
    ];
    return fitted(look, `${lines.join("\n")}\n`);
  },
};

export const pairingDoneViews: Views<PairingDone> = {
  isDeed: true,
  ...plainViews((done) => ({ formatVersion: "1.0", kind: "Pairing", ...done })),
  text: ({ did, channel, sender, id }, look) =>
    fitted(
      look,
      did === "approved"
        ? `${symbolOf(look, "ok")} ${escapeText(sender)} may talk on Channel/${escapeText(channel)} (pairing ${escapeText(id)}).\n`
        : `${symbolOf(look, "ok")} ${escapeText(sender)} may not talk on Channel/${escapeText(channel)} any more.\n`,
    ),
};

export const invitedViews: Views<Invited> = {
  isDeed: true,
  ...plainViews((invited) => ({ formatVersion: "1.0", kind: "Invitation", ...invited })),
  text: ({ code, channel, sender, until }, look) =>
    fitted(
      look,
      `${escapeText(code)}\n\nWhoever types it on the page of Channel/${escapeText(channel)} is ${escapeText(sender)} there. Good once, until ${until}.\n`,
    ),
};
