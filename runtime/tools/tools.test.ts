import { expect, it } from "vitest";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import type { AddressInfo } from "node:net";
import { codesOf, valueOf } from "../gate/gate.fixture.ts";
import { toolsState } from "./tools.fixture.ts";

it("reads, writes, edits, lists and searches the workspace", async () => {
  const state = toolsState([
    { tool: "fs.read", action: "read", resource: "**" },
    { tool: "fs.write", action: "write", resource: "**" },
    { tool: "fs.edit", action: "write", resource: "**" },
    { tool: "fs.list", action: "read", resource: "**" },
    { tool: "fs.search", action: "read", resource: "**" },
  ]);
  expect(valueOf(await state.call("fs.write", { path: "notes/a.md", content: "one\ntwo\n" })).text).toContain("Wrote notes/a.md: 8 bytes");
  expect(valueOf(await state.call("fs.read", { path: "notes/a.md" })).text).toBe("one\ntwo\n");
  valueOf(await state.call("fs.edit", { path: "notes/a.md", find: "two", replace: "three" }));
  expect(fs.readFileSync(path.join(state.workspace, "notes/a.md"), "utf8")).toBe("one\nthree\n");
  expect(valueOf(await state.call("fs.list", { depth: 3 })).text).toContain("notes/a.md");
  expect(valueOf(await state.call("fs.search", { text: "THREE" })).text).toBe("notes/a.md:2: three");
});

it("fetches from a host that its grant names", async () => {
  const server = http.createServer((request, response) =>
    response.setHeader("content-type", "text/html").end(`<p>hello <b>${request.url}</b>`),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const state = toolsState([{ tool: "http.fetch", action: "get", resource: `http://127.0.0.1:${port}/**` }]);
  const answer = valueOf(await state.call("http.fetch", { url: `http://127.0.0.1:${port}/a?b=c` }));
  server.close();
  expect(answer.text).toBe("HTTP 200\ncontent-type: text/html\n\nhello /a?b=c");
  expect(answer.labels.untrusted).toBe(true);
  expect(codesOf(await state.call("http.fetch", { url: `http://127.0.0.2:${port}/a` }))).toEqual(["CALL_NOT_GRANTED"]);
});

it("runs a program in the sandbox, tells the time, reads JSON", async () => {
  const state = toolsState([
    { tool: "exec.run", action: "run", resource: "echo" },
    { tool: "time", action: "call" },
    { tool: "json", action: "call" },
  ]);
  const ran = valueOf(await state.call("exec.run", { argv: ["echo", "$(id); rm -rf /"] }));
  expect(ran.text).toBe("exit code 0\nstdout:\n$(id); rm -rf /\n");
  expect(codesOf(await state.call("exec.run", { argv: ["sh", "-c", "id"] }))).toEqual(["CALL_NOT_GRANTED"]);
  expect(valueOf(await state.call("time", { timezone: "Europe/Berlin" })).text).toContain("+01:00 (Europe/Berlin)");
  expect(valueOf(await state.call("json", { op: "pointer", text: '{"a":[1,2]}', pointer: "/a/1" })).text).toBe("2");
});
