import { digestBytes, fail, LIMITS, ok, problem, shown, type JsonObject, type Result } from "../../../core/index.ts";
import type { Tool, ToolOutput, ToolScope } from "../../gate/index.ts";
import { defineTool, invalid, numberIn, textIn, textSchema, wholeSchema } from "../define.ts";
import type { ToolsWorld } from "../types.ts";
import { mayRead, mayWrite, OF_FILES, OWN_WORDS } from "./access.ts";
import { readBytes, writeBytes } from "./bytes.ts";
import { listFolder } from "./list.ts";
import { searchFiles } from "./search.ts";
import { isText } from "./text.ts";
import { checkQuota } from "./walk.ts";

type FilesWorld = Pick<ToolsWorld, "live">;

const PATH = textSchema("Path in the workspace, relative, with `/`: `notes/today.md`.", LIMITS.requestChars);

/** `fs.read`, `fs.write`, `fs.edit`, `fs.list`, `fs.search`: files of the agent's workspace. */
export function fileTools(world: FilesWorld): readonly Tool[] {
  return [readTool(world), writeTool(world), editTool(world), listFolder(world), searchFiles(world)];
}

function readTool({ live }: FilesWorld): Tool {
  return defineTool({
    name: "fs.read",
    description: "Reads a file of the workspace. Binary files are told by size and digest, or given as base64.",
    properties: {
      path: PATH,
      fromLine: wholeSchema("The first line to give, counted from 1.", 1, 1_000_000_000),
      lines: wholeSchema("How many lines to give.", 1, 1_000_000),
      encoding: { type: "string", enum: ["text", "base64"], description: "Default: text." },
    },
    required: ["path"],
    wish: (args) => {
      const { path: _, ...rest } = args;
      const path = textIn(args, "path", "");
      return ok({ action: "read", resource: path, facts: {}, effect: (at) => ({ ...rest, path: at }), summary: shown });
    },
    run: async ({ effect }, { run, workspace, limits }) => {
      const access = mayRead(live(), run);
      if (!access.ok) return access;
      const bytes = readBytes(workspace, textIn(effect, "path", ""), limits.maxResponseBytes);
      return bytes.ok ? ok(readOutput(bytes.value, effect)) : bytes;
    },
  });
}

function readOutput(bytes: Buffer, effect: JsonObject): ToolOutput {
  const facts = { bytes: bytes.length, digest: digestBytes(bytes) };
  if (effect["encoding"] === "base64") return { text: bytes.toString("base64"), labels: OF_FILES, facts };
  if (!isText(bytes)) return { text: `[binary: ${bytes.length} bytes, ${facts.digest}]`, labels: OF_FILES, facts };
  const content = bytes.toString("utf8");
  const [from, count] = [numberIn(effect, "fromLine", null), numberIn(effect, "lines", null)];
  if (from === null && count === null) return { text: content, labels: OF_FILES, facts };
  const lines = content.split("\n");
  const first = (from ?? 1) - 1;
  const kept = lines.slice(first, first + (count ?? lines.length));
  return { text: `[lines ${first + 1} to ${first + kept.length} of ${lines.length}]\n${kept.join("\n")}`, labels: OF_FILES, facts };
}

function writeTool({ live }: FilesWorld): Tool {
  return defineTool({
    name: "fs.write",
    description: "Writes a whole file of the workspace, in the place of what was there. Folders on the way are made.",
    properties: {
      path: PATH,
      content: textSchema("The whole content."),
      encoding: { type: "string", enum: ["text", "base64"], description: "How `content` is to be read. Default: text." },
    },
    required: ["path", "content"],
    wish: (args) => {
      const encoding = textIn(args, "encoding", "text");
      const content = textIn(args, "content", "");
      if (encoding === "base64" && !isBase64(content)) return invalid("fs.write", "`content` is not base64");
      const bytes = Buffer.from(content, encoding === "base64" ? "base64" : "utf8");
      return ok({
        action: "write",
        resource: textIn(args, "path", ""),
        facts: { bytes: bytes.length, digest: digestBytes(bytes) },
        effect: (path) => ({ path, content, encoding }),
        summary: (path) => `${shown(path)} (${bytes.length} bytes)`,
      });
    },
    run: async ({ effect }, scope) => {
      const encoding = effect["encoding"] === "base64" ? "base64" : "utf8";
      return put(live, scope, textIn(effect, "path", ""), Buffer.from(textIn(effect, "content", ""), encoding));
    },
  });
}

function put(live: FilesWorld["live"], { run, workspace, limits }: ToolScope, path: string, bytes: Buffer): Result<ToolOutput> {
  const access = mayWrite(live(), run);
  if (!access.ok) return access;
  if (bytes.length > limits.maxRequestBytes) return fail(tooLarge(path, bytes.length, limits.maxRequestBytes));
  const written = writeBytes(workspace, path, bytes, (before) => checkQuota(workspace, bytes.length - before, access.value.diskBytes));
  const facts = { bytes: bytes.length, digest: digestBytes(bytes) };
  return written.ok ? ok({ text: `Wrote ${path}: ${bytes.length} bytes, ${facts.digest}.`, labels: OWN_WORDS, facts }) : written;
}

function editTool({ live }: FilesWorld): Tool {
  return defineTool({
    name: "fs.edit",
    description: "Replaces a text in a file of the workspace. The text must stand there exactly once; give enough lines around it.",
    properties: {
      path: PATH,
      find: { ...textSchema("What to replace, exactly as it stands there."), minLength: 1 },
      replace: textSchema("What to put there instead."),
    },
    required: ["path", "find", "replace"],
    wish: (args) => {
      const [find, replace] = [textIn(args, "find", ""), textIn(args, "replace", "")];
      return ok({
        action: "write",
        resource: textIn(args, "path", ""),
        facts: { bytes: Buffer.byteLength(replace) },
        effect: (path) => ({ path, find, replace }),
        summary: (path) => `${shown(path)}: ${shown(find)} becomes ${shown(replace)}`,
      });
    },
    run: async ({ effect }, scope) => {
      const path = textIn(effect, "path", "");
      const access = mayWrite(live(), scope.run);
      if (!access.ok) return access;
      const before = readBytes(scope.workspace, path, scope.limits.maxRequestBytes);
      if (!before.ok) return before;
      if (!isText(before.value)) return fail(unclear(path, "it is no text"));
      const after = replacedOnce(before.value.toString("utf8"), textIn(effect, "find", ""), textIn(effect, "replace", ""));
      return typeof after === "number" ? fail(unclear(path, timesFound(after))) : put(live, scope, path, Buffer.from(after.text));
    },
  });
}

function replacedOnce(content: string, find: string, replace: string): { readonly text: string } | 0 | 2 {
  const at = content.indexOf(find);
  if (at < 0) return 0;
  if (content.indexOf(find, at + 1) >= 0) return 2;
  return { text: content.slice(0, at) + replace + content.slice(at + find.length) };
}

function timesFound(count: 0 | 2): string {
  return count === 0 ? "the text is not in it" : "the text is in it more than once";
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function isBase64(content: string): boolean {
  return BASE64.test(content);
}

function unclear(path: string, why: string): ReturnType<typeof problem> {
  return problem("FILE_EDIT_UNCLEAR", { detail: `${shown(path)} was not changed: ${why}.`, context: { path } });
}

function tooLarge(path: string, bytes: number, most: number): ReturnType<typeof problem> {
  return problem("FILE_LIMIT", {
    detail: `${shown(path)} would have ${bytes} bytes; ${most} are allowed. Nothing was changed.`,
    context: { path },
  });
}
