/** Stands on top of every generated module. */
export const HEADER = "// Generated from schemas/*.schema.json by scripts/generate.ts. Change the schema, then run: npm run generate";
