/** Telegram: the Bot API by long polling. */
export { telegramAdapter } from "./adapter.ts";
export { toTelegramHtml } from "./format.ts";
