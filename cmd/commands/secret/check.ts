import { fail, ok, problem, type Result } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { outputFlag } from "../../flags.ts";
import { isReplacing } from "../../replace-files.ts";
import { conclude, type Session } from "../../session.ts";
import { secretsCheckedViews, type SecretsChecked } from "../../views/secret.ts";

export default class SecretCheck extends MoltbotCommand {
  static override summary = "Check every Secret, and search the repository for credentials in plain text";
  static override description =
    "For CI: needs no identity and opens nothing. Envelopes must be whole and made for whom secrets.rules and the targets name, in every " +
    "environment; no credential may stand where only a reference belongs, or anywhere in a file of the repository that git does not ignore. " +
    "What only looks like one is marked with `not-a-secret` in a comment on its line or the line above.";
  static override examples = [
    { description: "The current folder", command: "<%= config.bin %> secret check" },
    { description: "A commit, for code scanning", command: "<%= config.bin %> secret check --ref HEAD --report sarif=secrets.sarif" },
  ];
  static override makesReports = true;
  static override flags = { output: outputFlag("text", "json", "jsonl", "yaml", "markdown") };

  async run(): Promise<number> {
    const { flags } = await this.read(SecretCheck);
    const session = this.session(flags);
    return conclude(session, await checked(session), { views: secretsCheckedViews });
  }
}

async function checked(session: Session): Promise<Result<SecretsChecked>> {
  const { checkSecretsOf, projectFolder } = await import("../../../reconciler/engine.ts");
  const world = await session.world();
  const folder = session.query.ref === undefined ? await projectFolder(session.query, world) : ok("");
  if (folder.ok && folder.value !== "" && isReplacing(folder.value))
    return fail(
      problem("REPLACEMENT_UNFINISHED", { detail: "A change of several files was interrupted here.", remedy: "moltbot secret rekey" }),
    );
  return await checkSecretsOf(session.query, world);
}
