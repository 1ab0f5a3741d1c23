declare module "irc-framework" {
  import type { EventEmitter } from "node:events";

  /** What this adapter uses of it. */
  export interface ClientOptions {
    readonly host: string;
    readonly port: number;
    readonly nick: string;
    readonly username: string;
    readonly gecos: string;
    readonly version: null;
    readonly auto_reconnect: false;
    readonly ping_interval: number;
    readonly ping_timeout: number;
    readonly sasl_disconnect_on_fail: boolean;
    readonly account?: { readonly account: string; readonly password: string };
    readonly transport: new (options: ClientOptions) => EventEmitter;
  }

  export class Client extends EventEmitter {
    readonly user: { readonly nick: string };
    readonly connected: boolean;
    /** What does not call `next` keeps a line from everything else. */
    readonly raw_middleware: {
      use(
        middleware: (
          command: string,
          line: {
            readonly command: string;
            readonly params: readonly string[];
            readonly tags: Readonly<Record<string, string | undefined>>;
          },
          raw: string,
          client: Client,
          next: () => void,
        ) => void,
      ): void;
    };
    connect(options: ClientOptions): void;
    changeNick(nick: string): void;
    join(channel: string): void;
    raw(...parts: string[]): void;
    quit(message?: string): void;
    caseCompare(a: string, b: string): boolean;
    caseLower(text: string): string;
  }

  const all: { readonly Client: typeof Client };
  export default all;
}
