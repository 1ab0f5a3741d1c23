/** What each sealed record is bound to. */
export const rootOf = (lineage: string): string => `moltbot/sealed-root\n${lineage}`;
export const headOf = (lineage: string, slot: string): string => `moltbot/head\n${lineage}\n${slot}`;
export const entryOf = (lineage: string, slot: string, number: number): string => `moltbot/entry\n${lineage}\n${slot}\n${number}`;
