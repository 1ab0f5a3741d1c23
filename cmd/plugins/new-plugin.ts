import { SDK_TYPES } from "../../schemas/index.ts";

/** The files of a new plugin that works as it is: one tool, a test of it, types, and what to do next. */
export function newPlugin(
  name: string,
  language: "javascript" | "typescript",
): readonly { readonly path: string; readonly text: string }[] {
  const isTyped = language === "typescript";
  return [
    { path: "plugin.yaml", text: manifest(name) },
    isTyped ? { path: "index.ts", text: TYPED_ENTRY } : { path: "index.js", text: ENTRY },
    { path: "tests.yaml", text: TESTS },
    { path: "moltbot-plugin.d.ts", text: SDK_TYPES },
    ...(isTyped ? [{ path: "tsconfig.json", text: TSCONFIG }] : []),
    { path: "README.md", text: readme(name, isTyped ? "index.ts" : "index.js") },
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
import { definePlugin } from "moltbot/plugin";

export default definePlugin({
  tools: {
    hello: ({ name }) => ({ text: \`Hello, \${name}.\` }),
  },
});
`;

const TYPED_ENTRY = `import { definePlugin, type Context } from "moltbot/plugin";

interface Hello {
  readonly name: string;
}

export default definePlugin({
  tools: {
    hello: ({ name }: Hello, _context: Context) => ({ text: \`Hello, \${name}.\` }),
  },
});
`;

const TESTS = `# moltbot plugin test runs these in the sandbox that the gateway uses.
formatVersion: "1.0"
kind: PluginTests
tests:
  - name: greets by name
    tool: hello
    args: {name: Ada}
    expect: {text: "Hello, Ada."}
  - name: wants a name
    tool: hello
    args: {}
    fails: PLUGIN_ARGUMENTS
`;

const TSCONFIG = `{
  "compilerOptions": {
    "target": "es2023",
    "lib": ["es2023"],
    "module": "esnext",
    "moduleResolution": "bundler",
    "types": [],
    "strict": true,
    "erasableSyntaxOnly": true,
    "verbatimModuleSyntax": true,
    "noEmit": true
  },
  "include": ["index.ts", "moltbot-plugin.d.ts"]
}
`;

const readme = (name: string, entry: string): string => `# ${name}

A moltbot plugin. \`plugin.yaml\` says what it is, \`${entry}\` is what runs.

    moltbot plugin test .
    moltbot plugin pack .
    moltbot plugin sign ${name}-0.1.0.tar.gz --key ~/keys/plugin.key

Then add the archive and its \`.sigstore.json\` to the repository and declare it as a \`Plugin\` resource.
`;
