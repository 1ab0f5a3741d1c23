import { folderWith } from "./cli.fixture.ts";

/** A small repository whose plan and apply work: one agent, the built-in provider. */
const FILES = {
  "moltbot.yaml": "apiVersion: moltbot.dev/v1alpha1\nkind: Project\nmetadata:\n  name: tiny\nspec:\n  target:\n    type: embedded\n",
  "agents/a.yaml":
    "apiVersion: moltbot.dev/v1alpha1\nkind: Agent\nmetadata:\n  name: a\nspec:\n  model:\n    provider: echo\n    name: echo-1\n  prompt: Be kind.\n",
  "providers/echo.yaml":
    "apiVersion: moltbot.dev/v1alpha1\nkind: ModelProvider\nmetadata:\n  name: echo\nspec:\n  type: echo\n  local: true\n",
} as const;

export function tinyRepository(extra: Readonly<Record<string, string>> = {}): ReturnType<typeof folderWith> {
  return folderWith({ ...FILES, ...extra });
}
