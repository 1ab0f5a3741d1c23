import { describe, expect, test } from "vitest";
import { agentText, ECHO, manifest, PROJECT, repository, value, worldOf, write, YES } from "../test/engine.fixture.ts";
import { apply, rollback, status } from "./engine.ts";
import { readAll } from "./planning.ts";
import { readProjectOnly } from "./desired.ts";

const KEY = (letter: string): string =>
  `ssh-ed25519 ${Buffer.concat([Buffer.from("0000000b7373682d6564323535313900000020", "hex"), Buffer.alloc(32, letter)]).toString("base64")}`;
const member = (name: string): string => `    - {name: ${name}, role: owner, identities: {ssh: ["${KEY(name)}"]}}`;
const team = (name: string, ...people: readonly string[]): string =>
  manifest("Team", name, `people:\n  members:\n${people.map(member).join("\n")}`);
const project = (teams: string): string =>
  manifest("Project", "acme", `target: {type: embedded}\napprovals: [{when: trust-weakened, people: [${teams}]}]`);
const tree = { "providers/echo.yaml": ECHO, "agents/a.yaml": agentText("a") };

/** The members that are recorded, as `team: name`. */
async function members(root: string): Promise<readonly string[]> {
  const context = value(await readProjectOnly({ repo: root }, worldOf()));
  const all = value(await readAll(context, { repo: root }, worldOf()));
  return [...all.values()].flatMap(({ kind, metadata, spec }) => {
    const { members: list = [] } = (spec["people"] ?? {}) as { readonly members?: readonly { readonly name: string }[] };
    return kind === "Team" ? list.map(({ name }) => `${metadata.name}: ${name}`) : [];
  });
}

describe("a rollback", () => {
  test("brings back no key that was taken from those who approve", async () => {
    const root = repository({ ...tree, "moltbot.yaml": project("leads"), "teams/leads.yaml": team("leads", "ada", "eve") });
    value(await apply({ repo: root }, null, YES, worldOf()));
    write(root, { "teams/leads.yaml": team("leads", "ada"), "agents/a.yaml": agentText("a", "prompt: Other.") });
    value(await apply({ repo: root }, null, YES, worldOf()));
    value(await rollback({ repo: root }, 1, "it was worse", YES, worldOf()));
    expect(await members(root)).toEqual(["leads: ada"]);
    expect(value(await status({ repo: root }, worldOf())).active).toMatchObject({ number: 3, restores: 1 });
  });

  test("goes behind the Team that approves today, and keeps its people", async () => {
    const root = repository({ ...tree, "moltbot.yaml": PROJECT });
    value(await apply({ repo: root }, null, YES, worldOf()));
    write(root, {
      "moltbot.yaml": project("ops"),
      "teams/ops.yaml": team("ops", "ada").replace("people:", "orchestration: {pattern: parallel, agents: [b]}\n  people:"),
      "agents/b.yaml": agentText("b"),
    });
    value(await apply({ repo: root }, null, YES, worldOf()));
    value(await rollback({ repo: root }, 1, "it was worse", YES, worldOf()));
    expect(await members(root)).toEqual(["ops: ada"]);
  });
});
