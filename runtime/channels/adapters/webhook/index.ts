/** Webhooks: signed requests come in, answers go back in the response or to a declared address. */
export { signWebhook, verifyWebhook, type SignedHeaders } from "./signature.ts";
export { webhookAdapter } from "./adapter.ts";
