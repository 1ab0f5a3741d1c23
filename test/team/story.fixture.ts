/** The commands of a README as one script, with what it says about how they must end. */
export interface Expected {
  readonly code: number;
  /** What the command must say, such as the code of a diagnostic. */
  readonly says: string;
}

export interface Command {
  /** A line as it stands in the README, several for a loop. */
  readonly text: string;
  readonly expected: Expected | null;
}

const BLOCK = /^```sh\n([\s\S]*?)^```$/gm;
const REFUSED = /^(.*?)\s+# exit (\d+): (\S+)$/;

export function commandsOf(readme: string): readonly Command[] {
  const lines = [...readme.matchAll(BLOCK)].flatMap(([, block = ""]) => block.trimEnd().split("\n"));
  return lines.map((line) => {
    const [, text, code, says = ""] = REFUSED.exec(line) ?? [];
    return text === undefined ? { text: line, expected: null } : { text, expected: { code: Number(code), says } };
  });
}

/**
 * A script for bash that stops at the first command that does not end as it should. A refused one is run so
 * that its exit code and its words are looked at; nothing else is changed.
 */
export function scriptOf(commands: readonly Command[]): string {
  return [
    "set -euo pipefail",
    `refused() { [ "$code" = "$1" ] && case "$said" in *"$2"*) true ;; *) false ;; esac || { echo "not exit $1 with $2, but exit $code: $said" >&2; exit 1; }; }`,
    "set -x",
    ...commands.map(({ text, expected }) =>
      expected === null
        ? text
        : `code=0; said=$(${text} 2>&1) || code=$?; { set +x; } 2> /dev/null; refused ${expected.code} ${expected.says}; set -x`,
    ),
    "",
  ].join("\n");
}
