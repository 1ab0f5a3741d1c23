/**
 * What runs inside of the namespace of a command with a network, as text: it listens where proxies are
 * expected, hands every connection to our socket, and starts the command. It has no rights that the command
 * has not; what may be reached is decided outside.
 *
 * `node forward.mjs SOCKET PORT PROGRAM ARGUMENTS...`
 */
export const FORWARDER = `
import net from "node:net";
import { spawn } from "node:child_process";
const [socket, port, program, ...args] = process.argv.slice(2);
const server = net.createServer({ allowHalfOpen: true }, (client) => {
  const proxy = net.connect({ path: socket, allowHalfOpen: true });
  const end = () => { client.destroy(); proxy.destroy(); };
  client.on("error", end); proxy.on("error", end);
  client.pipe(proxy); proxy.pipe(client);
});
server.listen(Number(port), "127.0.0.1", () => {
  const child = spawn(program, args, { stdio: "inherit" });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("error", () => process.exit(127));
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners("SIGTERM");
    process.kill(process.pid, signal);
    setTimeout(() => process.exit(128), 100);
  });
});
server.on("error", () => process.exit(126));
`;
