/** What every connection of ours that goes out over TLS asks for: 1.3 at least. One place, so that none asks for less. */
export const CLIENT_TLS = { minVersion: "TLSv1.3" } as const;
