/**
 * cmd/completion: scripts that teach a shell our commands, flags and values, made from the command
 * table. Pure but for reading that table. Offers {@link completionScript}.
 */
import { bashScript } from "./bash.ts";
import { fishScript } from "./fish.ts";
import { readCompletion } from "./model.ts";
import { zshScript } from "./zsh.ts";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const satisfies Record<Shell, unknown>;

export function completionScript(shell: Shell): string {
  return SCRIPTS[shell](readCompletion());
}
