import { unreachable } from "../../core/index.ts";
import {
  addressesFrom,
  allFlags,
  nextWords,
  singleQuoted,
  type CompletedCommand,
  type CompletedFlag,
  type Completion,
  type Value,
} from "./model.ts";

/** For zsh 5 and its own completion system, which shows the words of the help beside each choice. */
export function zshScript(completion: Completion): string {
  const { commands, groups, version } = completion;
  return `#compdef moltbot
# zsh completion for moltbot ${version}. To load it now:  source <(moltbot completion zsh)
# For every shell: write it as _moltbot into a folder of $fpath, before compinit runs.

_moltbot_addresses() {
  local -a found
  found=(\${(f)"$(${addressesFrom("\\$_moltbot_program")})"})
  compadd -a found
}

_moltbot() {
  local curcontext="$curcontext" command="" word
  local -a choices known
  local -i at=2
  local _moltbot_program="\${words[1]}"
  known=(${[...groups.map(({ word }) => word), ...commands.map(({ words }) => words)].map(singleQuoted).join(" ")})
  while (( at < CURRENT )); do
    word="\${command:+$command }\${words[at]}"
    (( \${known[(Ie)$word]} )) || break
    command="$word"
    (( at++ ))
  done
  case "$command" in
${["", ...groups.map(({ word }) => word)].map((before) => groupCase(completion, before)).join("\n")}
${commands.map(commandCase).join("\n")}
  esac
}

if [ "\${funcstack[1]}" = "_moltbot" ]; then
  _moltbot "$@"
else
  compdef _moltbot moltbot
fi
`;
}

function groupCase(completion: Completion, before: string): string {
  const choices = nextWords(completion, before).map(
    ({ word, summary }) => `      ${singleQuoted(`${word}:${summary.replaceAll(":", "\\:")}`)}`,
  );
  return `    ${singleQuoted(before)})
      (( at < CURRENT )) && return 1
      choices=(
${choices.join("\n")}
      )
      _describe -t commands ${singleQuoted("command")} choices
      ;;`;
}

function commandCase(command: CompletedCommand): string {
  const specs = [...allFlags(command).flatMap(flagSpecs), `*: :${action(command.args)}`];
  return `    ${singleQuoted(command.words)})
      words=("$command" "\${(@)words[at,-1]}")
      (( CURRENT -= at - 2 ))
      _arguments -s -S \\
${specs.map((spec) => `        ${singleQuoted(spec)}`).join(" \\\n")}
      ;;`;
}

/** `(-o --output)-o+[words]:value:(text json)` and the same for `--output=`: each form excludes the other. */
function flagSpecs({ name, char, words, value, isRepeatable }: CompletedFlag): readonly string[] {
  const said = `[${words.replace(/[[\]\\:]/g, "\\$&")}]`;
  const argument = value === null ? "" : `:value:${action(value)}`;
  const isOnce = isRepeatable ? "*" : char === null ? "" : `(-${char} --${name})`;
  const long = `${isOnce}--${name}${value === null ? "" : "="}${said}${argument}`;
  return char === null ? [long] : [`${isOnce}-${char}${value === null ? "" : "+"}${said}${argument}`, long];
}

function action(value: Value): string {
  switch (value.kind) {
    case "choice":
      return `(${value.choices.join(" ")})`;
    case "folder":
      return "_files -/";
    case "file":
      return "_files";
    case "address":
      return "_moltbot_addresses";
    case "text":
      return " ";
    default:
      return unreachable(value);
  }
}
