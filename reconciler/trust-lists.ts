import { caution, shown, type Diagnostic } from "../core/index.ts";
import type { TrustedSigner } from "../trust/signatures/index.ts";
import type { CommitJudge } from "./commit-judge.ts";

/** The lists of signers there are; null where one does not exist, or cannot be read. */
export interface TrustLists {
  readonly judge: CommitJudge["by"];
  readonly anchor: readonly TrustedSigner[] | null;
  /** Of the active generation. */
  readonly active: readonly TrustedSigner[] | null;
  /** Of the Project in the files. */
  readonly files: readonly TrustedSigner[] | null;
}

/** A list that names somebody whom another does not. */
export interface TrustDifference {
  readonly listedIn: "anchor" | "generation" | "files";
  readonly notIn: "anchor" | "generation" | "files";
  readonly signers: readonly TrustedSigner[];
}

/** What is in one list and not, with the same validity, in another. The anchor is held against what is active, or, before that, declared. */
export function trustDifferences({ anchor, active, files }: TrustLists): readonly TrustDifference[] {
  return [
    ...(active ? between("anchor", anchor, "generation", active) : between("anchor", anchor, "files", files)),
    ...between("generation", active, "files", files),
  ];
}

type Name = TrustDifference["listedIn"];

function between(
  one: Name,
  mine: readonly TrustedSigner[] | null,
  other: Name,
  theirs: readonly TrustedSigner[] | null,
): readonly TrustDifference[] {
  if (mine === null || theirs === null) return [];
  return [
    { listedIn: one, notIn: other, signers: without(mine, theirs) },
    { listedIn: other, notIn: one, signers: without(theirs, mine) },
  ].filter(({ signers }) => signers.length > 0);
}

function without(some: readonly TrustedSigner[], others: readonly TrustedSigner[]): readonly TrustedSigner[] {
  const known = new Set(others.map(nameOf));
  return some.filter((each) => !known.has(nameOf(each)));
}

function nameOf({ form, identity, key, valid }: TrustedSigner): string {
  return JSON.stringify([form, identity, key, valid]);
}

/** The same as warnings: what it means, and what to do where it is not meant. */
export function differenceWarnings(lists: TrustLists): readonly Diagnostic[] {
  return trustDifferences(lists).map((each) => {
    const { means, remedy } = meaningOf(each, lists);
    return caution("TRUST_LISTS_DIFFER", {
      detail: `In ${NAMES[each.listedIn]}, and not so in ${NAMES[each.notIn]}: ${signersText(each.signers)}. ${means}`,
      remedy,
      context: { listedIn: each.listedIn, notIn: each.notIn, signers: each.signers.length },
    });
  });
}

const NAMES: Readonly<Record<Name, string>> = {
  anchor: "this host's trust anchor",
  generation: "the active generation's list",
  files: "the files' list",
};

const TOLD = 5;

function signersText(signers: readonly TrustedSigner[]): string {
  const told = signers
    .slice(0, TOLD)
    .map(({ identity, key, valid }) => `${shown(identity)} ${shown(key)}${valid === "always" ? "" : ` (${valid})`}`);
  return `${told.join("; ")}${signers.length > TOLD ? `; and ${signers.length - TOLD} more` : ""}`;
}

const REPLACE = "moltbot trust init --replace\n  moltbot trust init FILE --replace";
const APPLY = "moltbot plan --ref HEAD\n  moltbot apply --ref HEAD";

function meaningOf({ listedIn, notIn }: TrustDifference, { judge }: TrustLists): { readonly means: string; readonly remedy: string } {
  if (listedIn === "generation" && notIn === "files")
    return {
      means: "What was taken out of the files is believed until that is applied.",
      remedy: `If it was taken out because it is not to be believed any more, apply the commit that does so:\n  ${APPLY}`,
    };
  if (listedIn === "files" && notIn === "generation")
    return {
      means: "It counts once it is applied, by a commit that somebody on the present list has signed.",
      remedy: `Plan it:\n  ${APPLY}`,
    };
  if (listedIn === "anchor")
    return {
      means:
        judge === "anchor"
          ? "The anchor judges the next commit, so whoever holds it may sign that."
          : "Whoever holds it may sign again wherever the anchor judges: on this host when its record is begun anew, or in another state folder that the anchor is copied to.",
      remedy: `If it was taken away because it is not to be believed any more, replace the anchor, with the Project's list or one from elsewhere, and compare the fingerprints:\n  ${REPLACE}`,
    };
  return {
    means:
      judge === "anchor"
        ? "The anchor judges the next commit, so whoever holds it may not sign that."
        : "Where the anchor judges, such as after the record was begun anew, it would be refused.",
    remedy: `If you know it, take it into the anchor, and compare the fingerprints:\n  ${REPLACE}`,
  };
}
