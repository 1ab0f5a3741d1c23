import { describe, expect, test } from "vitest";
import { commandsPage, generateCommands, readCommands } from "./generate-commands.ts";

describe("docs/commands.md", () => {
  test("is what the commands say of themselves", async () => expect(await generateCommands({ check: true })).toEqual([]));

  test("has a section with an example for every command", async () => {
    const page = await commandsPage();
    for (const [words, { examples }] of await readCommands()) {
      expect(page).toContain(`\n## ${words}\n`);
      expect(page).toContain(examples[0]!.command.replaceAll("<%= config.bin %>", "moltbot"));
    }
  });
});
