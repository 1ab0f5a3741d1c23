/** Rotates the keys of a store and dies at the n-th transaction or file operation. `node rotate.fixture.ts DIR N` */
import fs from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { rotateKeys } from "./index.ts";

const [dir = "", dies = "0"] = process.argv.slice(2);
let steps = 0;
function step(): void {
  if (++steps === Number(dies)) process.kill(process.pid, "SIGKILL");
}

const exec: (this: DatabaseSync, sql: string) => void = Reflect.get(DatabaseSync.prototype, "exec");
DatabaseSync.prototype.exec = function (sql: string): void {
  const isEnd = sql === "COMMIT";
  if (isEnd) step();
  exec.call(this, sql);
  if (isEnd) step();
};
const { renameSync } = fs;
fs.renameSync = (from, to) => {
  step();
  renameSync(from, to);
  step();
};

let made = 0;
const ports = { clock: { now: () => new Date() }, randomHex: () => `${process.pid}${++made}`.padStart(32, "0") };
const done = await rotateKeys(dir, { actor: "ops", because: "test" }, ports);
process.stdout.write(done.ok ? `done ${JSON.stringify(done.value)}\n` : JSON.stringify(done));
