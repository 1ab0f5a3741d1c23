/**
 * runtime/vault: the one place of the runtime where secrets are opened, each at its first use, and the
 * mask that hides them wherever somebody's words quote them back.
 */
export { maskFor, type Mask } from "./mask.ts";
export { headerText, openVault, type Vault, type VaultWorld } from "./vault.ts";
