import { assess, tlsExceptionsOf } from "../../runtime/load/index.ts";
import { escapeText, type Diagnostic, type Resource } from "../../core/index.ts";
import { place, validate, type Place, type Query, type World } from "../../reconciler/engine.ts";
import { counted } from "../views/layout.ts";
import { modelChecks } from "./models.ts";
import { bad, doubtful, good, type Check } from "./types.ts";

export interface TreeChecks {
  readonly checks: readonly Check[];
  /** Null where moltbot.yaml cannot be read. */
  readonly place: Place | null;
}

/** The repository: its Project, every manifest, and what is declared but lacks something. */
export async function treeChecks(query: Query, world: World): Promise<TreeChecks> {
  const found = await place(query, world);
  if (!found.ok) return { checks: [bad("project", found.diagnostics)], place: null };
  const { owner, target } = found.value;
  const project = good("project", `${owner}, applied to ${target}.`);
  const valid = await validate(query, world);
  if (!valid.ok) return { checks: [project, bad("manifests", errorsOf(valid.diagnostics), "moltbot validate")], place: found.value };
  const { resources, files } = valid.value;
  const manifests = good("manifests", `${counted(resources.length, "resource")} in ${counted(files, "file")} are valid.`);
  const lacks = [...assess(resources)].filter(([, needs]) => needs.length > 0);
  const models = await modelChecks(resources, found.value.state);
  return { checks: [project, manifests, secrets(lacks), inert(lacks), tls(resources), ...models], place: found.value };
}

/** Each host that is connected to with less than TLS 1.3, and why. */
function tls(resources: readonly Resource[]): Check {
  const exceptions = resources.filter(({ kind }) => kind === "Project").flatMap(({ spec }) => tlsExceptionsOf(spec));
  if (exceptions.length === 0) return good("tls", "Every connection is TLS 1.3 or newer.");
  const each = exceptions.map(({ host, minVersion, reason }) => `${escapeText(host)} with ${minVersion} (${escapeText(reason)})`);
  const remedy = "Take the entry out of policies.network.tlsExceptions in moltbot.yaml once its server speaks TLS 1.3.";
  return doubtful("tls", `Connected to with less than TLS 1.3: ${each.join(", ")}.`, remedy);
}

function errorsOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter((each) => each.severity === "error");
}

type Lacks = readonly (readonly [address: string, needs: readonly string[]])[];

const MAX_NAMED = 5;
/** What the runtime's load calls a Secret whose value is pending. */
const NO_VALUE = "secret value";

function secrets(lacks: Lacks): Check {
  const pending = lacks.filter(([, needs]) => needs.includes(NO_VALUE)).map(([address]) => address);
  if (pending.length === 0) return good("secrets", "Every secret that is declared has a value, or says where the runtime finds it.");
  const more = pending.length > MAX_NAMED ? ` and ${pending.length - MAX_NAMED} more` : "";
  const text = `Without a value: ${pending.slice(0, MAX_NAMED).join(", ")}${more}. What needs them is applied but inert.`;
  return doubtful("secrets", text, "moltbot secret set NAME KEY");
}

/** No mistake: what this version cannot run or enforce yet is refused at its use, and `plan` names it. */
function inert(lacks: Lacks): Check {
  const others = lacks.filter(([, needs]) => needs.some((need) => need !== NO_VALUE));
  return good(
    "inert",
    others.length === 0
      ? "Nothing that is declared is inert."
      : `${counted(others.length, "resource")} would be inert; \`moltbot plan\` names what each lacks.`,
  );
}
