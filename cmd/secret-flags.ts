import { Args, Flags, listOf } from "./flags.ts";
import { UsageError } from "./usage.ts";

/** Which value: shared by the commands that write one. */
export const SECRET_ARGS = {
  name: Args.string({ description: "the Secret's name", required: true, ignoreStdin: true }),
  key: Args.string({ description: "which of its values (default: value)", default: "value", ignoreStdin: true }),
};

/** The same for a command that can take all values of the Secret. */
export const SECRET_OR_VALUE_ARGS = {
  name: SECRET_ARGS.name,
  key: Args.string({ description: "one of its values (default: all of them)", ignoreStdin: true }),
};

export const SECRET_FLAGS = {
  "from-file": Flags.string({
    helpValue: "FILE",
    description: "read the value from this file, byte for byte; - is standard input",
    env: "MOLTBOT_FROM_FILE",
  }),
  recipient: Flags.string({
    helpValue: "age1...",
    multiple: true,
    multipleNonGreedy: true,
    description: "also encrypt for this public key, beside the rules and the target of the Project",
    env: "MOLTBOT_RECIPIENT",
  }),
};

const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const KEY = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,126}[A-Za-z0-9])?$/;

/**
 * The arguments as a name, refused as usage where no Secret can have them. A value that was given on the
 * command line by mistake is not echoed; that is why these commands look at surplus words themselves.
 *
 * @param words - Everything that stood there as an argument.
 */
export function secretName(
  args: { readonly name: string; readonly key: string },
  words: readonly unknown[],
): { readonly name: string; readonly key: string } {
  if (words.length > Object.keys(SECRET_ARGS).length)
    throw new UsageError("Only NAME and KEY are taken. A value never stands on the command line, where others can read it: pipe it in.");
  if (!NAME.test(args.name)) throw new UsageError("NAME takes the name of a Secret: lower-case letters, digits and inner hyphens.");
  if (!KEY.test(args.key)) throw new UsageError("KEY takes the key of a value: letters, digits, hyphens, underscores and dots.");
  return { name: args.name, key: args.key };
}

export { listOf };
