import { escapeText } from "../../core/index.ts";
import { plainViews, type Views } from "./index.ts";
import { fitted } from "./look.ts";
import { symbolOf } from "./status.ts";

export interface CredentialsReport {
  readonly provider: string;
}

/** Somebody logged in to a provider's account, or out of it. */
export function credentialsViews(way: "in" | "out"): Views<CredentialsReport> {
  return {
    isDeed: true,
    ...plainViews(({ provider }) => ({
      formatVersion: "1.0",
      kind: way === "in" ? "CredentialsLoggedIn" : "CredentialsForgotten",
      provider,
    })),
    text: ({ provider }, look) =>
      fitted(
        look,
        `${symbolOf(look, "ok")} ${way === "in" ? "Logged in to" : "Forgot"} the account of ModelProvider/${escapeText(provider)}.\n`,
      ),
  };
}
