/**
 * runtime/person: everything that is stored about one person, to be handed out or deleted. Each room that
 * keeps something about people says how it is found ({@link Keeper}); what they find together is the export.
 */
export { sessionsOfAlone } from "./gate-sessions.ts";
export { KEEPERS } from "./keepers.ts";
export type { ActiveResources, Declared } from "./declared.ts";
export { deletePerson, exportPerson, knownTo, type Deleted, type Exported } from "./person.ts";
export type { Keeper, Kept, PersonIds } from "./types.ts";
