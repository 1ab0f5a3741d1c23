#!/usr/bin/env node
/*
 * The npm bin. It says one clear line on a Node that is too old, so nothing here may be newer than
 * what Node 10 parses: no static import, no top-level await. The real program is dist/cli/main.js.
 */
const NEEDED = [24, 16];

function isTooOld(version) {
  const found = version.split(".").map(Number);
  return found[0] < NEEDED[0] || (found[0] === NEEDED[0] && found[1] < NEEDED[1]);
}

/* main() never rejects, so what arrives here is a package whose files are incomplete. */
function notLoaded(error) {
  process.stderr.write(`moltbot: the program could not be loaded (${error.message}). Install it again; in a checkout run \`npm ci\`.\n`);
  process.exitCode = 70;
}

function start() {
  /* FORCE_COLOR wins (cmd/views/look.ts), as it does in Node, which would say so on standard error at every run. */
  if (process.env.FORCE_COLOR !== undefined) delete process.env.NO_COLOR;
  if (process.argv.length === 3 && process.argv[2] === "--version") {
    return import("../dist/cli/version.js").then((m) => process.stdout.write(`moltbot ${m.packageVersion()}\n`));
  }
  return import("../dist/cli/compile-cache.js")
    .then((m) => m.useCompileCache())
    .then(() => import("../dist/cli/main.js"))
    .then((m) => m.main(process.argv.slice(2)));
}

if (isTooOld(process.versions.node)) {
  process.stderr.write(
    `moltbot: needs Node ${NEEDED.join(".")} or newer; this is Node ${process.versions.node}. Install a newer one from https://nodejs.org\n`,
  );
  process.exitCode = 70;
} else {
  start().catch(notLoaded);
}
