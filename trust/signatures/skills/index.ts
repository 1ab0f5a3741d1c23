/**
 * trust/signatures/skills: skills that come as signed archives. Which text an archive brings, and the
 * resource with that text in it. Who signed it is verified with the plugins.
 */
export { hasContent, skillContent, type SkillContent } from "./content.ts";
export { filledSkill } from "./fill.ts";
