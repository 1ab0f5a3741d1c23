import { escapeText, isArray, isObject, type Json } from "../../core/index.ts";
import { jsonText, plainViews, type Views } from "./index.ts";
import { table } from "./layout.ts";
import { fitted } from "./look.ts";
import { symbolOf } from "./status.ts";

/** Logins and devices at a gateway. Tokens are shown by `gateway token` alone. */

export const loginViews: Views<{
  readonly url: string;
  readonly person: string;
  readonly role: string;
  readonly device: string;
  readonly file: string;
}> = {
  isDeed: true,
  ...plainViews((value) => ({ formatVersion: "1.0", kind: "Login", ...value })),
  text: ({ url, person, role, device, file }, look) =>
    fitted(
      look,
      `${symbolOf(look, "ok")} logged in at ${escapeText(url)} as ${escapeText(person)}, ${escapeText(role)}\nThis machine is device:${escapeText(device)} there; its key is ${escapeText(file)}\n`,
    ),
};

export const logoutViews: Views<{ readonly url: string; readonly was: boolean; readonly revoked: boolean }> = {
  isDeed: true,
  ...plainViews((value) => ({ formatVersion: "1.0", kind: "Logout", ...value })),
  text: ({ url, was, revoked }, look) => {
    if (!was) return fitted(look, `${symbolOf(look, "ok")} there was no login at ${escapeText(url)}\n`);
    const rest = revoked ? "" : "; the gateway could not be told, so the login ends there by itself";
    return fitted(look, `${symbolOf(look, revoked ? "ok" : "warning")} logged out at ${escapeText(url)}${rest}\n`);
  },
};

export const tokenViews: Views<string> = {
  text: (token) => `${token}\n`,
  json: (token) => jsonText({ formatVersion: "1.0", kind: "AccessToken", token }),
};

export interface DevicesAndLogins {
  readonly devices: Json;
  readonly logins: Json;
}

export const devicesViews: Views<DevicesAndLogins> = {
  ...plainViews((value) => ({ formatVersion: "1.0", kind: "Devices", ...value })),
  text: ({ devices, logins }, look) => {
    const rows = [...rowsOf("device", devices, (each) => `device:${each}`, "name"), ...rowsOf("login", logins, (each) => each, "id")];
    if (rows.length === 0) return "No devices and no logins.\n";
    return fitted(look, `${table(["WHAT", "ID", "PERSON", "ROLE", "SINCE", "UNTIL"], rows, look).join("\n")}\n`);
  },
};

function rowsOf(what: string, list: Json, idOf: (text: string) => string, key: string): readonly (readonly string[])[] {
  return (isArray(list) ? list : []).filter(isObject).map((each) => {
    const text = (name: string): string => (typeof each[name] === "string" ? escapeText(each[name]) : "");
    return [what, idOf(text(key)), text("person"), text("role"), text("createdAt"), text("expiresAt")];
  });
}

export const addedDeviceViews: Views<{ readonly name: string; readonly file: string; readonly role: string }> = {
  isDeed: true,
  ...plainViews((value) => ({ formatVersion: "1.0", kind: "DeviceAdded", ...value })),
  text: ({ name, file, role }, look) =>
    fitted(
      look,
      `${symbolOf(look, "ok")} device:${escapeText(name)} may do what ${escapeText(role)} may; its key is ${escapeText(file)}\n`,
    ),
};

export const revokedViews: Views<{ readonly token: string }> = {
  isDeed: true,
  ...plainViews((value) => ({ formatVersion: "1.0", kind: "Revoked", ...value })),
  text: ({ token }, look) => fitted(look, `${symbolOf(look, "ok")} ${escapeText(token)} is revoked, on open connections too\n`),
};
