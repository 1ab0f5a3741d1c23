/** Why a run is stopped, as the reason of its signal. Every other reason is somebody's wish. */
export const STOPPED_BY = { shutdown: "shutdown", newer: "newer" } as const;
