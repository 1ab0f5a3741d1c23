import type { CodeEntry } from "./entry.ts";

/** Who signed a commit, and whether they may. */
export const COMMIT_CODES = {
  COMMIT_UNSIGNED: {
    outcome: "UNTRUSTED",
    summary: "Commit is not signed",
    page: "`verification.commits` asks for signed commits, and this one has no signature. Every commit since the last applied one counts, on each side of a merge, not the newest alone. The author and committer of a commit are text that anybody can write. So first see what it changes (`git log -1 --format=fuller --patch COMMIT`), and ask whoever is named, not through the repository, whether it is theirs: signing a commit, or one that is built on it, lets it in. Then sign it (`git commit --amend -S`, or `git rebase --exec 'git commit --amend --no-edit -S' COMMIT^` for several) and push; one that nobody knows is taken out of the branch. `git config commit.gpgsign true` signs each new one. A merge button of a hosting service signs with the service's own key, or not at all: list that key, or merge on your machine. See docs/commits.md.",
  },
  COMMIT_SIGNATURE_INVALID: {
    outcome: "UNTRUSTED",
    summary: "Commit signature cannot be trusted",
    page: "The commit has a signature that is not authentic, or whose authenticity cannot be established: it does not fit the content, was copied from another commit, was made for something else than commits, is of an unknown form, stands twice, is by an OpenPGP key that is not in the keyring, or is a certificate's without a time that can be trusted. moltbot checks the raw commit object itself and asks neither git nor gpg. See what it changes (`git log -1 --format=fuller --patch COMMIT`) and ask whoever is named, not through the repository, whether it is theirs. If it is, they sign it again with a key that the Project lists; if nobody knows it, take it out of the branch.",
  },
  COMMIT_SIGNER_NOT_ALLOWED: {
    outcome: "NOT_ALLOWED",
    summary: "Signer may not sign commits here",
    page: "The signature is authentic, but its signer is not among those that the active generation (or, before the first apply, the trust anchor) allows: the key is not listed, is listed for other namespaces, was not valid yet, has expired, or was revoked. It may be a colleague with a new key, and it may be whoever stole an old one. So first find out whose it is: see what it changes (`git log -1 --format=fuller --patch COMMIT`), compare the fingerprint in the message with `moltbot trust show`, and ask the person it names, not through the repository (author and committer are text that anybody can write). If nobody knows it, or the key was removed because it was stolen, do not list the key, sign the commit again, or build on it: take the branch back to before it (docs/commits.md, \"A key was stolen\"). If it is a colleague's: a commit that adds a signer is judged by the list as it was before, so somebody who is on it already looks at the change and signs it. The newest commit's key must also be valid now: put a new commit on top, signed with a key that is (`git commit --allow-empty -S`).",
  },
  WORK_TREE_UNSIGNED: {
    outcome: "UNTRUSTED",
    summary: "Files are in no signed commit",
    page: "`verification.commits: require` accepts signed commits only, and these files differ from their commit, or are in no git repository at all: nobody signed them. Commit and sign the change, or name a commit with `--ref`, which leaves the work tree aside.",
  },
  COMMIT_HISTORY_MISSING: {
    outcome: "UNAVAILABLE",
    summary: "History that must be verified is not there",
    page: "Every commit since the last applied one must be looked at, and one of them is not in this clone: it is shallow or partial, objects were removed, or the last applied commit belongs to another repository. Missing history never counts as nothing to verify. Fetch it (`git fetch --unshallow`), or, in CI, check out with the whole history. Where the history is gone for good, `moltbot apply --allow-older --because TEXT` verifies everything that is there down to its roots.",
  },
  COMMIT_NOT_NEWER: {
    outcome: "REFUSED",
    summary: "Commit does not build on the last applied one",
    page: "The commit is older than the last applied one, on another branch, or the history was rewritten. Its signatures may all be right and it may still be old: whoever can move a branch could bring back a state that was left for good reasons. If that is what you want, say so and why: `moltbot apply --allow-older --because TEXT`; the ledger keeps both. To return to an earlier generation, `moltbot rollback N` is the better way.",
  },
  COMMITS_TOO_MANY: {
    outcome: "LIMIT",
    summary: "Too many commits to verify",
    page: "More than 50,000 commits lie between the last applied one and this one. Apply a commit in between first, or, before the first apply, name where verification begins: `moltbot trust init --since REV`.",
  },
  COMMIT_TOO_LARGE: {
    outcome: "LIMIT",
    summary: "Commit object too large",
    page: "A commit object may have 1 MiB: its message and its signature. Larger ones are not looked at.",
  },
  SIGNERS_INVALID: {
    outcome: "INVALID",
    summary: "List of signers cannot be used",
    page: "`spec.trust` of the Project, or the file given as a trust anchor, does not say who may sign commits: a line of the allowed signers cannot be read, the OpenPGP keyring is none, identities stand without a trust root, or commits must be signed and nobody is listed. A list with one bad line is not used at all: that line was a signer somebody wanted, or wanted gone. See docs/commits.md for the forms.",
  },
  TRUST_ANCHOR_MISSING: {
    outcome: "REFUSED",
    summary: "Nothing says whom to believe first",
    page: "The Project requires signed commits, and nothing was applied yet: the list of signers inside the repository cannot vouch for itself. Compare the fingerprint in the message with one you got some other way, then store it on this host with `moltbot trust init`, or give a file each time with `--trust-anchor FILE`. After the first apply, the active generation judges.",
  },
  TRUST_ANCHOR_EXISTS: {
    outcome: "REFUSED",
    summary: "A trust anchor stands here already",
    page: "This state folder has a trust anchor, and replacing it changes whom this host believes. Look at it with `moltbot trust show`; to replace it, say so with `--replace`.",
  },
  TRUST_ANCHOR_INVALID: {
    outcome: "CORRUPT",
    summary: "Stored trust anchor cannot be used",
    page: "`trust-anchor.json` in the state folder is not what `moltbot trust init` wrote, is a link, belongs to somebody else, or can be written by others. It is never ignored: without it, less would be verified. Make it again with `moltbot trust init --replace`, and compare the fingerprints.",
  },
  TRUST_LISTS_DIFFER: {
    outcome: "NOT_ALLOWED",
    summary: "Lists of signers differ",
    page: "There are up to three lists of who may sign: the one in the files, the one of the active generation, and this host's trust anchor. One of them judges (`moltbot trust show` says which), and the others wait: the files' list counts once it is applied, and the anchor's counts again where nothing is applied, such as after the record was begun anew or in a new state folder, and where an operator overrules a generation with it. So a key that was taken from one list and stands on in another may still be believed. Where a removed key stands in the anchor, replace the anchor with the list that is right now, and compare the fingerprints: `moltbot trust init --replace`, or `moltbot trust init FILE --replace`. Where it was removed from the files and is still in force, apply the commit that removes it. A signer whom the anchor does not know would be refused where the anchor judges. This is a remark; it stops nothing.",
  },
  VERIFICATION_LOWERED: {
    outcome: "NOT_ALLOWED",
    summary: "Commit asks for less verification than this host",
    page: "This host has a trust anchor: it takes signed commits only. The commit's Project says `verification.commits: off` or `warn`, which would end that. Set it to `require`; or, if this host shall really verify less, remove the anchor with `moltbot trust remove`.",
  },
  VERIFICATION_OFF: {
    outcome: "UNTRUSTED",
    summary: "Commits are followed without verification",
    page: "`watch --source` applies every commit of a branch, and nothing verifies who made them: whoever can push decides what runs here. Set `verification.commits: require` and list the signers (docs/commits.md), or run `moltbot trust init` on this host. This is a remark, not an error.",
  },
} as const satisfies Record<string, CodeEntry>;
