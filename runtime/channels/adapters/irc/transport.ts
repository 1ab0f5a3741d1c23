import { EventEmitter } from "node:events";
import net from "node:net";
import tls from "node:tls";
import { clientTls, isTlsTooOld, tlsTooOld, type TlsExceptions } from "../../../net/index.ts";
import type { Flow } from "./flow.ts";

/** A line of IRC with its tags has at most 8,703 bytes (IRCv3, "Message Tags"); what goes on without an end is no IRC. */
const LINE_BYTES = 8_703;
const CONNECT_MS = 15_000;

export interface TransportOptions {
  readonly host: string;
  readonly port: number;
}

/** The socket under an IRC client: TLS 1.3 with a certificate for the host or, where the channel says so, none; bounded lines. */
export function transportClass(
  isEncrypted: boolean,
  flow: Flow,
  exceptions: TlsExceptions,
): new (options: TransportOptions) => EventEmitter {
  return class extends EventEmitter {
    readonly #options: TransportOptions;
    #socket: net.Socket | undefined;
    #rest = Buffer.alloc(0);
    #failure: Error | false = false;

    constructor(options: TransportOptions) {
      super();
      this.#options = options;
    }

    isConnected(): boolean {
      return this.#socket?.writable === true;
    }

    connect(): void {
      const { host, port } = this.#options;
      const socket = isEncrypted
        ? tls.connect({ host, port, ...clientTls(host, exceptions), ...(net.isIP(host) === 0 ? { servername: host } : {}) })
        : net.connect({ host, port });
      this.#socket = socket;
      flow.attach(socket);
      const timer = setTimeout(() => socket.destroy(new Error("no connection in time")), CONNECT_MS);
      socket.once(isEncrypted ? "secureConnect" : "connect", () => {
        clearTimeout(timer);
        this.emit("open");
      });
      socket.on("data", (data: Buffer) => this.#read(data));
      socket.on("error", (error: Error) => {
        this.#failure = isTlsTooOld(error) ? new Error(tlsTooOld(host).detail, { cause: error }) : error;
      });
      socket.once("close", () => {
        clearTimeout(timer);
        this.emit("close", this.#failure);
      });
    }

    writeLine(line: string, done?: () => void): void {
      if (!this.#socket || !this.isConnected()) {
        if (done) process.nextTick(done);
        return;
      }
      // No text of anybody ends a line and begins a command.
      this.#socket.write(`${line.replaceAll(/[\r\n\0]+/g, " ")}\r\n`, done);
    }

    disposeSocket(): void {
      this.#socket?.removeAllListeners();
      this.#socket?.on("error", () => undefined).destroy();
      this.#socket = undefined;
    }

    close(force?: boolean): void {
      if (force === true) this.#socket?.destroy();
      else this.#socket?.end();
    }

    setEncoding(encoding: string): boolean {
      return encoding === "utf8";
    }

    #read(data: Buffer): void {
      this.#rest = Buffer.concat([this.#rest, data]);
      for (let end = this.#rest.indexOf(0x0a); end >= 0; end = this.#rest.indexOf(0x0a)) {
        const line = this.#rest.subarray(0, end + 1).toString("utf8");
        this.#rest = this.#rest.subarray(end + 1);
        this.emit("line", line);
      }
      if (this.#rest.length > LINE_BYTES) this.#socket?.destroy(new Error("a line without an end"));
    }
  };
}
