import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { startChain } from "../../trust/signatures/bundles/chain.fixture.ts";
import { AGENT, askingRepository, GRANT, projectAsking, ruleOf, type Asking } from "./repository.fixture.ts";

let open: Asking | undefined;
const asking = (...args: Parameters<typeof askingRepository>): Asking => (open = askingRepository(...args));
afterEach(() => open?.dispose());

const codes = (err: string): readonly string[] => [...err.matchAll(/^error ([A-Z_]+)/gm)].map(([, code = ""]) => code);

describe("a plan that people must approve", () => {
  test("waits for one who did not write it, and then is applied", () => {
    const repository = asking(ruleOf("always"));
    const nobody = repository.applied();
    expect([nobody.code, codes(nobody.err)]).toEqual([6, ["APPROVAL_MISSING"]]);
    const author = repository.applied(...repository.approved("ada"));
    expect(author.code).toBe(6);
    expect(author.err).toContain("ada wrote the change, and does not count");
    const stranger = repository.applied(...repository.approved("eve"));
    expect(stranger.code).toBe(6);
    expect(stranger.err).toContain("signed by nobody whom the teams in force name");
    const [file = ""] = repository.approved("bob");
    expect(repository.run("plan", "--ref", "HEAD").out).toContain("Approvals  always: 0 of 1 of leads\n");
    expect(repository.run("plan", "--ref", "HEAD", "--approval", file).out).toContain("Approvals  always: 1 of 1 of leads (bob)\n");
    expect(repository.applied(file).code).toBe(0);
    expect(repository.run("audit", "tail", "-n", "1", "-o", "jsonl").out).toContain('"approvedBy":"bob"');
  });

  test("takes a key in PEM form for the person whose it is, and needs as many people as it says", () => {
    const repository = asking(ruleOf("always", 2));
    expect(repository.applied(...repository.approved("carol")).code).toBe(6);
    expect(repository.applied(...repository.approved("carol", "bob")).code).toBe(0);
  });

  test("is approved by what lies in the commit, and an unrelated merge leaves the approval good", () => {
    const repository = asking(ruleOf("always"));
    const [file = ""] = repository.approved("bob");
    repository.write(".approvals/bob.json", fs.readFileSync(path.join(repository.root, file), "utf8"));
    repository.write("notes.txt", "nothing that is declared\n");
    repository.write("agents/support.yaml", `# a comment\n${AGENT("")}`);
    repository.commit("unrelated");
    expect(repository.applied().code).toBe(0);
  });

  test("is not approved by an approval of another effect, or one that was changed", () => {
    const repository = asking(ruleOf("always"));
    const [file = ""] = repository.approved("bob");
    const at = path.join(repository.root, file);
    const text = fs.readFileSync(at, "utf8");
    const { payload } = JSON.parse(text) as { readonly payload: string };
    const changed = Buffer.from(Buffer.from(payload, "base64").toString().replace('"comment":null', '"comment":"x"')).toString("base64");
    fs.writeFileSync(at, text.replace(payload, changed));
    const forged = repository.applied(file);
    expect([forged.code, codes(forged.err)]).toEqual([6, ["APPROVAL_MISSING"]]);
    expect(forged.err).toContain("signature does not fit");
    fs.writeFileSync(at, text);
    repository.write("agents/support.yaml", AGENT("  description: Other.\n"));
    repository.commit("another effect");
    const other = repository.applied(file);
    expect(other.code).toBe(6);
    expect(other.err).toContain("approves another effect");
  });

  test.each([
    ["nobody is asked about", ""],
    ["somebody is asked about", ruleOf("always")],
  ])("of which %s takes no file that is no approval", (_, rules) => {
    const repository = asking(rules);
    if (rules === "") repository.write("moltbot.yaml", projectAsking("    []\n"));
    repository.write("no.json", "{}");
    for (const command of ["plan", "apply"]) {
      const ran = repository.run(
        command,
        "--approval",
        "no.json",
        "--approval",
        "moltbot.yaml",
        ...(command === "apply" ? ["--auto-approve"] : []),
      );
      expect([command, ran.code, codes(ran.err)]).toEqual([command, 1, ["ATTESTATION_INVALID", "ATTESTATION_INVALID"]]);
      expect(ran.err).toContain('"no.json" holds no statement about a plan');
    }
  });

  test("cannot be approved while nobody can say who wrote it", () => {
    const repository = asking(ruleOf("always"));
    repository.write("agents/support.yaml", AGENT("  description: Not committed.\n"));
    const ran = repository.run("apply", "--auto-approve", "--quiet");
    expect([ran.code, codes(ran.err)]).toEqual([6, ["APPROVAL_AUTHOR_UNKNOWN"]]);
  });

  test("is judged by the rules and people that were active, not by those it brings", () => {
    const repository = asking(ruleOf("always"));
    expect(repository.applied(...repository.approved("bob")).code).toBe(0);
    repository.write("moltbot.yaml", projectAsking("    []\n"));
    const team = path.join(repository.root, "teams/leads.yaml");
    fs.writeFileSync(team, fs.readFileSync(team, "utf8").replace(repository.shop.publicKey("bob"), repository.shop.publicKey("eve")));
    repository.commit("let eve in");
    expect(repository.applied().code).toBe(6);
    expect(repository.applied(...repository.approved("eve")).code).toBe(6);
    expect(repository.applied(...repository.approved("bob")).code).toBe(0);
  });

  test("is one that widens or deletes, where the rule says so", () => {
    const repository = asking(ruleOf("widening") + ruleOf("delete", 2));
    expect(repository.applied().code).toBe(0);
    repository.write("agents/support.yaml", AGENT(GRANT));
    repository.commit("may tell the time");
    const wider = repository.applied();
    expect(wider.err).toContain("agents may do more");
    expect(wider.code).toBe(6);
    expect(repository.applied(...repository.approved("bob")).code).toBe(0);
    repository.write("agents/other.yaml", AGENT("").replace("name: support", "name: other"));
    repository.commit("one more");
    expect(repository.applied().code).toBe(0);
    fs.rmSync(path.join(repository.root, "agents/other.yaml"));
    repository.commit("one less");
    expect(repository.applied(...repository.approved("bob")).code).toBe(6);
    expect(repository.applied(...repository.approved("bob", "carol")).code).toBe(0);
  });
});

test("what stands under Widening without a new grant widens, too", () => {
  const repository = asking(ruleOf("widening"));
  expect(repository.applied().code).toBe(0);
  repository.write(
    "moltbot.yaml",
    projectAsking(ruleOf("widening"), "  policies:\n    network:\n      ceiling:\n        - api.example.com\n"),
  );
  repository.commit("a host more");
  const wider = repository.applied();
  expect([wider.code, codes(wider.err)]).toEqual([6, ["APPROVAL_MISSING"]]);
  expect(repository.applied(...repository.approved("bob"))).toMatchObject({ code: 0 });
});

test("an approval is good for once: what was taken back is asked about again", () => {
  const repository = asking(ruleOf("widening"));
  expect(repository.applied().code).toBe(0);
  const widen = (message: string): void => {
    repository.write("agents/support.yaml", AGENT(GRANT));
    repository.commit(message);
  };
  widen("may tell the time");
  const [file = ""] = repository.approved("bob");
  expect(repository.applied(file).code).toBe(0);
  repository.write("agents/support.yaml", AGENT(""));
  repository.commit("may not");
  expect(repository.applied().code).toBe(0);
  widen("may again");
  // Other bytes around the same signed statement are the same approval.
  const at = path.join(repository.root, file);
  fs.writeFileSync(at, JSON.stringify(JSON.parse(fs.readFileSync(at, "utf8"))));
  const again = repository.applied(file);
  expect([again.code, codes(again.err)]).toEqual([6, ["APPROVAL_MISSING"]]);
  expect(again.err).toContain("counted for generation 2");
  expect(repository.applied(...repository.approved("bob"))).toMatchObject({ code: 0 });
});

describe("approve", () => {
  const tried = (repository: Asking, ...key: readonly string[]) => {
    repository.run("plan", "--ref", "HEAD", "--out", "plan.json", "--quiet");
    const ran = repository.run("approve", "plan.json", ...key, "--auto-approve", "--out", "approval.json");
    const isWritten = fs.existsSync(path.join(repository.root, "approval.json"));
    fs.rmSync(path.join(repository.root, "approval.json"), { force: true });
    return { ...ran, isWritten };
  };
  const keyOf = ({ shop }: Asking, name: string): readonly string[] => ["--ssh-key", path.join(shop.folder, name)];

  test.each<readonly [string, (of: Asking) => readonly string[], string]>([
    ["the author", (of) => keyOf(of, "ada"), "ada"],
    ["the author, by the public half", (of) => ["--ssh-key", path.join(of.shop.folder, "ada.pub")], "ada"],
    ["somebody in no team", (of) => keyOf(of, "eve"), "that key is that of nobody in leads"],
  ])("signs nothing for %s, and says who would count", (_, key, why) => {
    const repository = asking(ruleOf("always"));
    const ran = tried(repository, ...key(repository));
    expect([ran.code, codes(ran.err), ran.isWritten]).toEqual([4, ["APPROVER_NOT_ASKED"], false]);
    expect(ran.err).toContain(why);
    expect(ran.err).toContain("The approval of these would count: bob, carol.");
  });

  test("tells a key under a passphrase, and one in PEM form, without opening it", () => {
    const repository = asking(ruleOf("always"));
    const locked = path.join(repository.shop.folder, "eve");
    execFileSync("ssh-keygen", ["-q", "-p", "-N", "a long passphrase", "-P", "", "-f", locked]);
    fs.rmSync(`${locked}.pub`);
    expect(tried(repository, "--ssh-key", locked)).toMatchObject({ code: 4, isWritten: false });
    const stranger = path.join(repository.shop.folder, "stranger.pem");
    fs.writeFileSync(stranger, generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
    expect(tried(repository, "--key", stranger)).toMatchObject({ code: 4, isWritten: false });
    expect(tried(repository, "--key", path.join(repository.shop.folder, "carol.pem"))).toMatchObject({ code: 0, isWritten: true });
  });

  test("names nobody where everybody has a part in it", () => {
    const repository = asking(ruleOf("always"));
    for (const name of ["Bob", "Carol"]) {
      repository.write(`notes-${name}.txt`, "x\n");
      repository.commit(`by ${name}`, `${name} <${name.toLowerCase()}@acme.example>`);
    }
    const ran = tried(repository, ...keyOf(repository, "bob"));
    expect([ran.code, ran.isWritten]).toEqual([4, false]);
    expect(ran.err).toContain("Nobody in leads is left whose approval would count.");
  });

  test("signs nothing over files that are in no commit", () => {
    const repository = asking(ruleOf("always"));
    repository.write("agents/support.yaml", AGENT("  description: Not committed.\n"));
    repository.run("plan", "--out", "dirty.json", "--quiet");
    const ran = repository.run("approve", "dirty.json", ...keyOf(repository, "bob"), "--auto-approve");
    expect([ran.code, codes(ran.err)]).toEqual([6, ["APPROVAL_AUTHOR_UNKNOWN"]]);
  });

  test("says so where the plan does not say whom it asks, and signs", () => {
    const repository = asking(ruleOf("delete"));
    const ran = tried(repository, ...keyOf(repository, "eve"));
    expect([ran.code, ran.isWritten]).toEqual([0, true]);
    expect(ran.err).toContain("warning APPROVER_UNKNOWN");
  });
});

/** A plan file as an older moltbot wrote it. */
function withoutPeople(file: string): void {
  const plan = JSON.parse(fs.readFileSync(file, "utf8")) as { evidence: { approvals: { people?: unknown }[] } };
  for (const rule of plan.evidence.approvals) delete rule.people;
  fs.writeFileSync(file, JSON.stringify(plan));
}

describe("an author is not told from others by less", () => {
  test("when only a part of the commit was applied first", () => {
    const repository = asking(ruleOf("always"));
    expect(repository.applied(...repository.approved("carol")).code).toBe(0);
    repository.write("agents/support.yaml", AGENT(GRANT));
    repository.write("agents/other.yaml", AGENT("").replace("name: support", "name: other"));
    repository.commit("may tell the time, and one more", "Bob <bob@acme.example>");
    repository.write("notes.txt", "nothing that is declared\n");
    repository.commit("unrelated");
    const part = ["--ref", "HEAD", "--target", "Agent/other"];
    const key = path.join(repository.shop.folder, "bob");
    expect(repository.run("plan", ...part, "--out", "part.json", "--quiet").code).toBe(0);
    const carol = ["--key", path.join(repository.shop.folder, "carol.pem")];
    expect(repository.run("approve", "part.json", ...carol, "--auto-approve", "--out", "carol.json").code).toBe(0);
    expect(repository.run("approve", "part.json", "--ssh-key", key, "--auto-approve")).toMatchObject({ code: 4 });
    withoutPeople(path.join(repository.root, "part.json"));
    expect(repository.run("approve", "part.json", "--ssh-key", key, "--auto-approve", "--out", "bob.json").code).toBe(0);
    expect(repository.run("apply", ...part, "--auto-approve", "--quiet", "--approval", "bob.json").code).toBe(6);
    expect(repository.run("apply", ...part, "--auto-approve", "--quiet", "--approval", "carol.json").code).toBe(0);
    const rest = repository.applied(...repository.approved("bob"));
    expect(rest.code).toBe(6);
    expect(rest.err).toContain("bob wrote the change, and does not count");
    expect(repository.applied(...repository.approved("carol")).code).toBe(0);
  });

  test("when the commit names nobody, and its signature says whose it is", () => {
    const repository = asking(
      ruleOf("always"),
      "  trust:\n    allowedSigners:\n      file: allowed_signers\n  verification:\n    commits: require\n",
    );
    const { shop, git } = repository;
    repository.write("allowed_signers", `bob@acme.example ${shop.publicKey("eve")}\n`);
    git("config", "gpg.format", "ssh");
    git("config", "user.signingkey", path.join(shop.folder, "eve"));
    git("config", "commit.gpgsign", "true");
    git("config", "user.email", "ghost@nowhere.example");
    git("add", "-A");
    git("commit", "-q", "--amend", "-m", "first, signed", "--author=Ghost <ghost@nowhere.example>");
    expect(repository.run("trust", "init", path.join(repository.root, "allowed_signers"), "--auto-approve")).toMatchObject({ code: 0 });
    const own = repository.applied(...repository.approved("bob"));
    expect(own.code).toBe(6);
    expect(own.err).toContain("bob wrote the change, and does not count");
    expect(repository.applied(...repository.approved("carol"))).toMatchObject({ code: 0 });
  });

  test("when a commit is not as git writes them", () => {
    const repository = asking(ruleOf("always"));
    const { git } = repository;
    const object = git("cat-file", "commit", "HEAD").replace(
      /^author .*$/m,
      "author Bob <bob@acme.example> 1 +0000\nauthor X <x@x> 1 +0000",
    );
    repository.write("object.json", object);
    const id = git("hash-object", "-t", "commit", "-w", "--literally", "object.json").trim();
    git("update-ref", "refs/heads/main", id);
    const ran = repository.applied(...repository.approved("bob"));
    expect([ran.code, codes(ran.err)]).toEqual([6, ["APPROVAL_AUTHOR_UNKNOWN"]]);
  });
});

describe("keyless", () => {
  test("somebody approves as whom their identity provider names, against the Project's own trust root", async () => {
    const chain = await startChain();
    try {
      const subject = "dora@acme.example";
      const issuer = "https://login.acme.example";
      const dora = `      - name: dora\n        role: owner\n        identities:\n          oidc:\n            - issuer: ${issuer}\n              subject: ${subject}\n`;
      const repository = asking(ruleOf("always"), "  trust:\n    root:\n      file: trust-root.json\n", dora);
      fs.writeFileSync(path.join(repository.root, "trust-root.json"), chain.root());
      repository.git("add", "-f", "trust-root.json");
      repository.commit("trust root");
      repository.run("plan", "--ref", "HEAD", "--out", "plan.json", "--quiet");
      const services = ["--fulcio-url", chain.url, "--rekor-url", chain.url, "--tsa-url", chain.url];
      const sign = (token: string, out: string) =>
        repository.runAsync(["approve", "plan.json", ...services, "--auto-approve", "--out", out], { MOLTBOT_IDENTITY_TOKEN: token });
      const signed = await sign(chain.token(subject, issuer), "dora.json");
      expect(signed).toMatchObject({ code: 0 });
      // Whose a certificate is, is seen once it is given: then nothing is written.
      for (const token of [chain.token("mallory@acme.example", issuer), chain.token(subject, "https://login.evil.example")]) {
        const refused = await sign(token, "refused.json");
        expect([refused.code, codes(refused.err)]).toEqual([4, ["APPROVER_NOT_ASKED"]]);
        expect(refused.err).toContain("would count: bob, carol, dora");
        expect(fs.existsSync(path.join(repository.root, "refused.json"))).toBe(false);
      }
      // What does not look at the plan's own word signs it, and apply refuses.
      withoutPeople(path.join(repository.root, "plan.json"));
      await sign(chain.token("mallory@acme.example", issuer), "mallory.json");
      await sign(chain.token(subject, "https://login.evil.example"), "evil.json");
      expect(repository.applied("mallory.json").code).toBe(6);
      expect(repository.applied("evil.json").code).toBe(6);
      expect(repository.applied("dora.json")).toMatchObject({ code: 0 });
    } finally {
      await chain.close();
    }
  });
});

describe("a plan that is attested", () => {
  test("says that it was made so, which approves nothing", () => {
    const repository = asking(ruleOf("always"));
    const key = path.join(repository.shop.folder, "bob");
    const planned = repository.run("plan", "--ref", "HEAD", "--attest", "made.json", "--ssh-key", key, "--quiet");
    expect(planned.code).toBe(0);
    const envelope = JSON.parse(fs.readFileSync(path.join(repository.root, "made.json"), "utf8")) as { readonly payload: string };
    expect(JSON.parse(Buffer.from(envelope.payload, "base64").toString())).toMatchObject({
      predicateType: "https://moltbot.dev/attestation/plan/v1",
      predicate: { owner: "acme/default" },
    });
    const ran = repository.applied("made.json");
    expect(ran.code).toBe(6);
    expect(ran.err).toContain("not that it may be applied");
  });

  test.each<readonly [string, readonly string[]]>([
    ["no key", []],
    ["two keys", ["--ssh-key", "a", "--key", "b"]],
  ])("with %s is a usage error", (_, keys) => {
    const repository = asking(ruleOf("always"));
    expect(repository.run("plan", "--ref", "HEAD", "--attest", "made.json", ...keys).code).toBe(64);
  });
});
