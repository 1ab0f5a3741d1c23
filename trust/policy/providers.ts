import { addressOf, nearest, problem, type Address, type Diagnostic } from "../../core/index.ts";
import { parseTool, type DeclaredAtom } from "../capability/index.ts";

/** Grants whose tool is brought by a resource that nobody declares: `agent:`, `mcp:` and `plugin:` are references. */
export function missingProviders(atoms: readonly DeclaredAtom[], declared: ReadonlySet<Address>): readonly Diagnostic[] {
  const seen = new Set<string>();
  return atoms.flatMap(({ atom, pointer }) => {
    // Most tools are built in.
    if (!atom.tool.includes(":")) return [];
    const tool = parseTool(atom.tool);
    const provider = tool.ok ? tool.value.provider : null;
    // The tool stands beside the permissions: one complaint for each capability.
    const place = pointer.replace(/\/permissions\/\d+$/, "/tool");
    if (!provider || declared.has(addressOf(provider.kind, provider.name)) || seen.has(`${atom.subject} ${place}`)) return [];
    seen.add(`${atom.subject} ${place}`);
    const near = nearest(provider.name, namesOf(provider.kind, declared));
    return [
      problem("REF_NOT_FOUND", {
        detail: `The tool ${atom.tool} is brought by ${provider.kind} "${provider.name}", which no file declares.`,
        ...(near === undefined ? {} : { remedy: `Did you mean "${near}"?` }),
        context: { address: atom.subject, pointer: place },
      }),
    ];
  });
}

function* namesOf(kind: string, declared: ReadonlySet<Address>): Iterable<string> {
  for (const address of declared) if (address.startsWith(`${kind}/`)) yield address.slice(kind.length + 1);
}
