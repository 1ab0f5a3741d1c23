import fs from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { AGENT, askingRepository, GRANT, ruleOf, type Asking } from "./repository.fixture.ts";

let open: Asking | undefined;
const asking = (...args: Parameters<typeof askingRepository>): Asking => (open = askingRepository(...args));
afterEach(() => open?.dispose());

const codes = (err: string): readonly string[] => [...err.matchAll(/^(?:error|warning) ([A-Z_]+)/gm)].map(([, code = ""]) => code);
const waive = ({ run }: Asking, plan = "plan.json") =>
  run("trust", "waive", plan, "--because", "bob and carol have left", "--auto-approve");

/** One applied generation, and a change that all of the team have a part in: nobody is left to approve it. */
function stuck(count = 1, authors: readonly string[] = ["Bob", "Carol"]): Asking {
  const repository = asking(ruleOf("widening", count));
  expect(repository.applied().code).toBe(0);
  for (const name of authors) {
    repository.write(`notes-${name}.txt`, "x\n");
    repository.commit(`by ${name}`, `${name} <${name.toLowerCase()}@acme.example>`);
  }
  repository.write("agents/support.yaml", AGENT(GRANT));
  repository.commit("may tell the time");
  expect(repository.run("plan", "--ref", "HEAD", "--out", "plan.json", "--quiet").code).toBe(0);
  return repository;
}

describe("approvals that nobody can give any more", () => {
  test("are waived by whoever holds the record, for one plan and once, and everybody can see it", () => {
    const repository = stuck();
    const refused = repository.applied();
    expect([refused.code, codes(refused.err)]).toEqual([6, ["APPROVAL_MISSING"]]);
    expect(refused.err).toContain("Only 0 could");
    expect(refused.err).toContain('"When nobody is left"');
    const unasked = repository.run("trust", "waive", "plan.json", "--because", "x");
    expect([unasked.code, unasked.err]).toEqual([6, expect.stringContaining("Nobody else will have looked at it.")]);
    expect(repository.applied().code).toBe(6);
    expect(waive(repository)).toMatchObject({ code: 0 });
    expect(repository.run("status").err).toContain("may be applied over generation 1 without approvals");
    const planned = repository.run("plan", "--ref", "HEAD");
    expect([planned.code, codes(planned.err)]).toEqual([0, ["APPROVALS_WAIVED"]]);
    expect(repository.applied()).toMatchObject({ code: 0 });
    const status = repository.run("status");
    expect([codes(status.err), status.err]).toEqual([["APPROVALS_WAIVED"], expect.stringContaining("Generation 2 was applied without")]);
    const ledger = repository.run("audit", "tail", "-o", "jsonl").out;
    expect(ledger).toContain('"kind":"waived"');
    expect(ledger).toContain('"approvalsWaivedBecause":"bob and carol have left"');
    expect(repository.run("audit", "verify").code).toBe(0);
    expect(repository.run("prove", "--out", "proof.json").code).toBe(0);
    const proved = repository.run("prove", "verify", "proof.json");
    expect([proved.code, proved.out]).toEqual([
      0,
      expect.stringMatching(/waived +by .* in the place of approvals: bob and carol have left/),
    ]);
    // Taken back and brought again, it is asked about again.
    repository.write("agents/support.yaml", AGENT(""));
    repository.commit("may not");
    expect(repository.applied().code).toBe(0);
    expect(repository.run("status").err).not.toContain("APPROVALS_WAIVED");
    repository.write("agents/support.yaml", AGENT(GRANT));
    repository.commit("may again");
    expect(repository.applied().code).toBe(6);
  });

  test("beside those that were given: who approved counts on, and the rest is what an operator took on", () => {
    const repository = stuck(2, ["Bob"]);
    const carol = repository.approved("carol");
    const refused = repository.applied(...carol);
    expect([refused.code, refused.err]).toEqual([6, expect.stringContaining("So far carol")]);
    expect(waive(repository)).toMatchObject({ code: 0 });
    expect(repository.run("plan", "--ref", "HEAD", "--approval", carol[0] ?? "").out).toContain("widening: 1 of 2 of leads (carol)");
    expect(repository.applied(...carol)).toMatchObject({ code: 0 });
    const receipt = repository.run("audit", "tail", "-n", "1", "-o", "jsonl").out;
    expect(receipt).toContain('"approvedBy":"carol"');
    expect(receipt).toContain('"approvalsWaivedBecause":"bob and carol have left"');
    expect(repository.run("prove", "--out", "proof.json").code).toBe(0);
    const proved = repository.run("prove", "verify", "proof.json");
    expect([proved.code, proved.out]).toEqual([0, expect.stringContaining("approved by carol")]);
    expect(proved.out).toMatch(/waived +by /);
    // The approval that was counted is evidence, and what is left out of a proof is missed.
    const proof = JSON.parse(fs.readFileSync(path.join(repository.root, "proof.json"), "utf8")) as { approvals: string[] };
    fs.writeFileSync(path.join(repository.root, "proof.json"), JSON.stringify({ ...proof, approvals: [] }));
    expect(repository.run("prove", "verify", "proof.json").code).toBe(4);
    // Both are used up: neither speaks for the same effect again.
    repository.write("agents/support.yaml", AGENT(""));
    repository.commit("may not");
    expect(repository.applied().code).toBe(0);
    repository.write("agents/support.yaml", AGENT(GRANT));
    repository.commit("may again");
    const again = repository.applied(...carol);
    expect([again.code, again.err]).toEqual([6, expect.not.stringContaining("So far carol")]);
  });

  test("stay asked for where the plan is another", () => {
    const repository = stuck();
    expect(waive(repository)).toMatchObject({ code: 0 });
    repository.write(
      "agents/support.yaml",
      AGENT(`${GRANT}    - tool: memory.read\n      permissions:\n        - action: read\n          resource: a\n`),
    );
    repository.commit("and more");
    const other = repository.applied();
    expect([other.code, codes(other.err)]).toEqual([6, ["APPROVAL_MISSING"]]);
  });

  test.each<readonly [string, (of: Asking) => void, string]>([
    [
      "of another Project",
      ({ root }) => {
        const file = path.join(root, "moltbot.yaml");
        fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace("name: acme", "name: other"));
      },
      "NO_RECORD",
    ],
    ["over a generation that is past", (of) => expect([waive(of).code, of.applied().code]).toEqual([0, 0]), "WAIVER_REFUSED"],
    [
      "that nobody is asked about",
      (of) => {
        of.write("agents/support.yaml", AGENT("  description: Other.\n"));
        of.commit("other");
        of.run("plan", "--ref", "HEAD", "--out", "plan.json", "--quiet");
      },
      "WAIVER_REFUSED",
    ],
    [
      "of files in no commit",
      (of) => {
        of.write("agents/support.yaml", AGENT(`${GRANT}  description: Not committed.\n`));
        of.run("plan", "--out", "plan.json", "--quiet");
      },
      "WAIVER_REFUSED",
    ],
  ])("are not waived for a plan %s", (_, change, code) => {
    const repository = stuck();
    change(repository);
    const ran = waive(repository);
    expect([ran.code, codes(ran.err)]).toEqual([6, [code]]);
  });

  test("are not waived by anything that a commit brings", () => {
    const repository = stuck();
    const record = { kind: "waived", effect: "sha256:", generation: 1 };
    repository.write(".approvals/waiver.json", JSON.stringify(record));
    repository.git("add", "-f", ".");
    repository.commit("waive it yourself");
    expect(repository.applied().code).toBe(6);
  });
});
