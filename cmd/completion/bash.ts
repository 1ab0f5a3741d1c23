import { addressesFrom, allFlags, formsOf, nextWords, singleQuoted, type CompletedCommand, type Completion } from "./model.ts";

/** For bash 3.2 and newer, as macOS has it: no associative arrays, no `mapfile`. */
export function bashScript(completion: Completion): string {
  const { commands, groups, version } = completion;
  const groupCases = ["", ...groups.map(({ word }) => word)].map(
    (before) =>
      `    ${singleQuoted(before)}) [ -n "$stray" ] || words=${singleQuoted(listOf(nextWords(completion, before).map(({ word }) => word)))} ;;`,
  );
  return `# bash completion for moltbot ${version}. To load it now:  source <(moltbot completion bash)
# For every shell:  moltbot completion bash > ~/.local/share/bash-completion/completions/moltbot

_moltbot() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} command="" words="" flags="" value="" stray="" i word
  # Bash takes "--flag=value" apart at the equals sign.
  if [ "$cur" = "=" ]; then cur=""; elif [ "$prev" = "=" ]; then prev=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case "$word" in -*) break ;; esac
    case "$command\${command:+ }$word" in
      ${[...groups.map(({ word }) => word), ...commands.map(({ words }) => words)].map(singleQuoted).join(" | ")}) command="$command\${command:+ }$word" ;;
      *) stray=1 && break ;;
    esac
  done
  case "$command" in
${[...groupCases, ...commands.map(commandCase)].join("\n")}
  esac
  case "$command $prev" in
${commands.flatMap(valueCases).join("\n")}
  esac
  COMPREPLY=()
  case "$value" in
    /folder) while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -d -- "$cur") ;;
    /file) while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$cur") ;;
    /address) COMPREPLY=($(compgen -W "$(${addressesFrom('"${COMP_WORDS[0]}"')})" -- "$cur")) ;;
    /text) ;;
    ?*) COMPREPLY=($(compgen -W "$value" -- "$cur")) ;;
    *)
      case "$cur" in
        -*) COMPREPLY=($(compgen -W "$flags" -- "$cur")) ;;
        *)
          case "$words" in
            /file) while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$cur") ;;
            /address) COMPREPLY=($(compgen -W "$(${addressesFrom('"${COMP_WORDS[0]}"')})" -- "$cur")) ;;
            /text) ;;
            *) COMPREPLY=($(compgen -W "$words" -- "$cur")) ;;
          esac
          ;;
      esac
      ;;
  esac
}

complete -o filenames -F _moltbot moltbot
`;
}

function listOf(words: Iterable<string>): string {
  return [...words].join(" ");
}

/** What may follow a whole command: its flags, and its arguments. */
function commandCase(command: CompletedCommand): string {
  const { args } = command;
  const words = args.kind === "choice" ? listOf(args.choices) : `/${args.kind}`;
  const flags = listOf(allFlags(command).flatMap(formsOf));
  return `    ${singleQuoted(command.words)}) words=${singleQuoted(words)} flags=${singleQuoted(flags)} ;;`;
}

/** What may follow each flag that takes a value. */
function valueCases(command: CompletedCommand): readonly string[] {
  return command.flags.flatMap((flag) => {
    if (flag.value === null) return [];
    const patterns = formsOf(flag).map((form) => singleQuoted(`${command.words} ${form}`));
    const value = flag.value.kind === "choice" ? listOf(flag.value.choices) : `/${flag.value.kind}`;
    return [`    ${patterns.join(" | ")}) value=${singleQuoted(value)} ;;`];
  });
}
