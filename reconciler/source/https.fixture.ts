import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";

/** A key and a certificate for this machine under both its names, made by openssl. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  readonly file: string;
}

export function certificateIn(folder: string): Certificate {
  const [key, file] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const names = "subjectAltName=DNS:localhost,IP:127.0.0.1";
  const made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost"];
  execFileSync("openssl", [...made, "-addext", names, "-keyout", key, "-out", file], { stdio: "pipe" });
  return { key: readFileSync(key, "utf8"), cert: readFileSync(file, "utf8"), file };
}

export interface GitServer extends AsyncDisposable {
  readonly port: number;
  /** Every request, with what it carried to prove who asks. */
  readonly requests: { readonly url: string; readonly authorization: string | undefined }[];
  /** Where requests are sent on to; undefined serves them. */
  redirectTo: string | undefined;
  /** What a request must carry. */
  authorization: string | undefined;
}

/** The repositories below a folder over https, by git's own `http-backend`. */
export async function gitServer(root: string, { key, cert }: Certificate): Promise<GitServer> {
  const state: Omit<GitServer, "port" | typeof Symbol.asyncDispose> = { requests: [], redirectTo: undefined, authorization: undefined };
  const server: Server = createServer({ key, cert }, (request, response) => {
    const { authorization } = request.headers;
    state.requests.push({ url: request.url ?? "", authorization });
    if (state.redirectTo !== undefined) {
      response.writeHead(301, { location: `${state.redirectTo}${request.url ?? ""}` }).end();
    } else if (state.authorization !== undefined && authorization !== state.authorization) {
      response.writeHead(401, { "www-authenticate": "Basic realm=git" }).end();
    } else backend(root, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    port,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}

function backend(root: string, request: IncomingMessage, response: ServerResponse): void {
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const child = spawn("git", ["http-backend"], {
    env: {
      PATH: process.env["PATH"],
      HOME: dirname(root),
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "safe.directory",
      GIT_CONFIG_VALUE_0: "*",
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: path,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      HTTP_GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
      REMOTE_ADDR: "127.0.0.1",
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  const out: Buffer[] = [];
  request.pipe(child.stdin);
  child.stdout.on("data", (bytes: Buffer) => out.push(bytes));
  child.on("close", () => {
    const answer = Buffer.concat(out);
    const end = answer.indexOf("\r\n\r\n");
    const headers = answer.toString("latin1", 0, end).split("\r\n");
    let status = 200;
    for (const line of headers) {
      const [name = "", value = ""] = line.split(/:\s*/, 2);
      if (name.toLowerCase() === "status") status = Number.parseInt(value, 10);
      else if (name !== "") response.setHeader(name, value);
    }
    response.writeHead(status).end(answer.subarray(end + 4));
  });
}
