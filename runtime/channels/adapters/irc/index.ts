/** IRC: one connection to one network, by irc-framework over a transport of our own. */
export { ircAdapter } from "./adapter.ts";
