/** Web chat: a small page that the gateway serves itself, and what it talks to. */
export { webAdapter } from "./adapter.ts";
