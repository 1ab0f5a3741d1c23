import { unreachable } from "../../core/index.ts";
import { addressesFrom, allFlags, nextWords, type CompletedCommand, type CompletedFlag, type Completion, type Value } from "./model.ts";

/** For fish 3 and newer. */
export function fishScript(completion: Completion): string {
  const { commands, groups, version } = completion;
  const known = [...groups.map(({ word }) => word), ...commands.map(({ words }) => words)].map(quoted).join(" ");
  return `# fish completion for moltbot ${version}. To load it now:  moltbot completion fish | source
# For every shell:  moltbot completion fish > ~/.config/fish/completions/moltbot.fish

# The command that was typed so far: "", "audit", "audit verify".
function __moltbot_command
    set -l known ${known}
    set -l groups '' ${groups.map(({ word }) => quoted(word)).join(" ")}
    set -l words (commandline -opc)
    set -l command
    for word in $words[2..-1]
        string match -q -- '-*' $word; and break
        set -l longer (string join ' ' -- $command $word)
        if not contains -- $longer $known
            # No such command: nothing can follow.
            contains -- "$command" $groups; and set command '?'
            break
        end
        set command $longer
    end
    echo -- "$command"
end

function __moltbot_is
    test (__moltbot_command) = "$argv[1]"
end

function __moltbot_addresses
    set -l words (commandline -opc)
    ${addressesFrom("$words[1]")}
end

complete -c moltbot -e
complete -c moltbot -f
${["", ...groups.map(({ word }) => word)].flatMap((before) => wordLines(completion, before)).join("\n")}
${commands.flatMap(commandLines).join("\n")}
`;
}

function wordLines(completion: Completion, before: string): readonly string[] {
  return nextWords(completion, before).map(
    ({ word, summary }) => `complete -c moltbot -n ${condition(before)} -a ${quoted(word)} -d ${quoted(summary)}`,
  );
}

function commandLines(command: CompletedCommand): readonly string[] {
  const start = `complete -c moltbot -n ${condition(command.words)}`;
  return [
    ...allFlags(command).map((flag) => `${start} ${flagWords(flag)}`),
    ...argumentWords(command.args).map((words) => `${start} ${words}`),
  ];
}

function flagWords({ name, char, words, value }: CompletedFlag): string {
  const forms = `-l ${name}${char === null ? "" : ` -s ${char}`}`;
  return `${forms}${value === null ? "" : ` ${valueWords(value)}`} -d ${quoted(words)}`;
}

/** `-x` takes a value and offers no files, `-r` takes one and does, `-F` asks for files where they are off. */
function valueWords(value: Value): string {
  switch (value.kind) {
    case "choice":
      return `-x -a ${quoted(value.choices.join(" "))}`;
    case "folder":
      return `-x -a '(__fish_complete_directories)'`;
    case "file":
      return "-r -F";
    case "address":
      return `-x -a '(__moltbot_addresses)'`;
    case "text":
      return "-x";
    default:
      return unreachable(value);
  }
}

function argumentWords(args: Value): readonly string[] {
  if (args.kind === "address") return [`-a '(__moltbot_addresses)'`];
  if (args.kind === "choice") return [`-a ${quoted(args.choices.join(" "))}`];
  return args.kind === "file" ? ["-F"] : [];
}

function condition(words: string): string {
  return quoted(`__moltbot_is ${quoted(words)}`);
}

/** In fish, a backslash and a single quote are escaped inside single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
