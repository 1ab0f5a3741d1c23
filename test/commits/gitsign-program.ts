/** What `gpg.x509.program` names in tests: called by the real git as it calls gitsign, against a private sigstore instance. */
import { readFileSync } from "node:fs";
import type { Chain } from "../../trust/signatures/bundles/chain.fixture.ts";
import { gitsign } from "../../trust/signatures/commits/gitsign.fixture.ts";

const { CHAIN_URL: url = "", CHAIN_TOKEN: token = "", CHAIN_SUBJECT: subject = "", CHAIN_OFFLINE: offline } = process.env;
const chain: Pick<Chain, "url" | "token"> = { url, token: () => token };
const signed = await gitsign(chain, readFileSync(0, "utf8"), { subject, isOnline: offline === "no" });
process.stdout.write(signed);
// Git waits for this line before it believes that anything was signed.
process.stderr.write("\n[GNUPG:] SIG_CREATED \n");
