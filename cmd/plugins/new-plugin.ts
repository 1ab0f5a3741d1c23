/** The files of a new plugin that works as it is: one tool, its types, and what to do next. */
export function newPlugin(name: string): readonly { readonly path: string; readonly text: string }[] {
  return [
    { path: "plugin.yaml", text: manifest(name) },
    { path: "index.js", text: ENTRY },
    { path: "moltbot-plugin.d.ts", text: TYPES },
    { path: "README.md", text: readme(name) },
  ];
}

const manifest = (name: string): string => `formatVersion: "1.0"
kind: PluginManifest
name: ${name}
version: 0.1.0
description: Says hello.
runtime: js
entry: index.js
tools:
  - name: hello
    description: Greets somebody by name.
    input:
      type: object
      required: [name]
      additionalProperties: false
      properties:
        name: {type: string, maxLength: 200}
# What the plugin needs for its own work; the Plugin resource must declare the same.
capabilities: []
`;

const ENTRY = `// @ts-check

/** @type {import("./moltbot-plugin.d.ts").Tools} */
export const tools = {
  hello: ({ name }) => ({ text: \`Hello, \${name}.\` }),
};
`;

const TYPES = `/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One tool: its arguments were checked against \`input\` of plugin.yaml before. What it returns goes to the agent. */
export type Tool = (input: Record<string, any>) => Json | Promise<Json>;

/** What the entry exports as \`tools\`: one function for each tool of plugin.yaml. */
export type Tools = Readonly<Record<string, Tool>>;
`;

const readme = (name: string): string => `# ${name}

A moltbot plugin. \`plugin.yaml\` says what it is, \`index.js\` is what runs.

    moltbot plugin pack .
    moltbot plugin sign ${name}-0.1.0.tar.gz --key ~/keys/plugin.key

Then add the archive and its \`.sigstore.json\` to the repository and declare it as a \`Plugin\` resource.
`;
