import type { Diagnostic, Digest, Resource } from "../../core/index.ts";
import type { World } from "../../reconciler/types.ts";
import { checkPlugin, installedPlugins, openStore, type StoreReader } from "../../runtime/store/index.ts";
import { archivesOf } from "../../trust/signatures/index.ts";
import { counted } from "../views/layout.ts";
import { bad, good, type Check } from "./types.ts";

/** The plugins that are unpacked in a state folder, each compared with its archive; and those that should be. */
export async function pluginChecks(dir: string, world: World): Promise<readonly Check[]> {
  const needed = neededIn(dir, world);
  const installed = installedPlugins(dir);
  if (installed.length === 0 && needed.size === 0) return [];
  const problems: Diagnostic[] = [];
  for (const digest of new Set([...installed, ...needed.keys()])) {
    const name = needed.get(digest);
    const wrong = await checkPlugin(dir, digest);
    problems.push(...wrong.map((each) => (name === undefined ? each : { ...each, detail: `${name}: ${each.detail}` })));
  }
  return [
    problems.length > 0
      ? bad("plugins", problems)
      : good("plugins", `${counted(installed.length, "plugin")} installed, each as it came in its archive.`),
  ];
}

/** The archives that active generations name, and by whom. A store that cannot be read is told by its own check. */
function neededIn(dir: string, world: World): ReadonlyMap<Digest, string> {
  const opened = openStore(dir, { mode: "read" }, { clock: world.clock, randomHex: () => world.ids.next() });
  if (!opened.ok || opened.value === null) return new Map();
  const store = opened.value;
  try {
    const owners = store.owners();
    return new Map(
      (owners.ok ? owners.value : [])
        .flatMap((owner) => archivesOf(pluginsOf(store, owner)))
        .map(({ address, archive }) => [archive, address]),
    );
  } finally {
    store.close();
  }
}

function pluginsOf(store: StoreReader, owner: Parameters<StoreReader["active"]>[0]): readonly Resource[] {
  const active = store.active(owner);
  if (!active.ok || !active.value) return [];
  const rows = store.rows(owner, active.value.number);
  const digests = rows.ok ? [...rows.value].filter(([address]) => address.startsWith("Plugin/")).map(([, digest]) => digest) : [];
  const values = store.values(digests);
  return values.ok ? [...values.value.values()].map((bytes) => JSON.parse(Buffer.from(bytes).toString("utf8")) as Resource) : [];
}
