import { fail, ok, problem, type Digest, type Fence, type JsonObject, type Resource, type Result } from "../../../core/index.ts";
import { archivesOf } from "../../../trust/signatures/index.ts";
import { installPlugin, type CommitRequest, type StoreReader } from "../../store/index.ts";
import type { Reply } from "../types.ts";
import type { Lease } from "./leases.ts";
import { reply, type ApplyWorld } from "./world.ts";

/** A commit as it crosses the network: maps of bytes are lists of digests that were staged. */
type WireCommit = Omit<CommitRequest, "values" | "evidence" | "actor"> & {
  readonly values: readonly Digest[];
  readonly evidence?: { readonly list: Digest; readonly values: readonly Digest[] };
};

/** The bytes of the new rows are in the request or were staged; every one is checked against its digest by the store. */
export async function commit({ dir, store }: ApplyWorld, lease: Lease, body: JsonObject): Promise<Result<Reply>> {
  const { fence, request } = body as unknown as { readonly fence: Fence; readonly request: WireCommit };
  const resources = resourcesIn(lease.staged, request);
  if (!resources.ok) return resources;
  for (const { archive } of archivesOf(resources.value)) {
    const bytes = archiveBytes(store(), lease.staged, archive);
    const installed = bytes.ok ? await installPlugin(dir, bytes.value) : bytes;
    if (!installed.ok) return installed;
  }
  const values = picked(lease.staged, request.values);
  const evidence = request.evidence && { list: request.evidence.list, values: picked(lease.staged, request.evidence.values) };
  const done = store().commit(
    fence,
    { ...request, actor: lease.actor, values, ...(evidence ? { evidence } : {}) } as unknown as CommitRequest,
    { candidate: true },
  );
  if (!done.ok) return done;
  lease.staged.clear();
  lease.stagedBytes = 0;
  return ok(reply({ generation: { ...done.value } }));
}

function picked(staged: ReadonlyMap<Digest, Uint8Array>, digests: readonly Digest[]): ReadonlyMap<Digest, Uint8Array> {
  return new Map(digests.flatMap((digest) => (staged.has(digest) ? [[digest, staged.get(digest) as Uint8Array] as const] : [])));
}

function resourcesIn(staged: ReadonlyMap<Digest, Uint8Array>, { rows }: WireCommit): Result<readonly Resource[]> {
  const plugins = rows.filter(({ address, digest }) => address.startsWith("Plugin/") && digest !== null);
  const found: Resource[] = [];
  for (const { digest } of plugins) {
    const bytes = digest && staged.get(digest);
    if (!bytes) continue;
    try {
      found.push(JSON.parse(Buffer.from(bytes).toString("utf8")) as Resource);
    } catch {
      return fail(problem("API_INVALID", { detail: `The value ${digest} is no resource.` }));
    }
  }
  return ok(found);
}

/** As it was brought, else as the record has it; asked for only where it is known, because a lost value is another matter. */
export function archiveBytes(store: StoreReader, staged: ReadonlyMap<Digest, Uint8Array>, archive: Digest): Result<Uint8Array> {
  const brought = staged.get(archive);
  if (brought) return ok(brought);
  const known = store.knownValues([archive]);
  if (!known.ok) return known;
  const recorded = known.value.has(archive) ? store.values([archive]) : ok(new Map<Digest, Uint8Array>());
  if (!recorded.ok) return recorded;
  const bytes = recorded.value.get(archive);
  return bytes ? ok(bytes) : fail(missingArchive(archive));
}

export function missingArchive(archive: Digest): ReturnType<typeof problem> {
  return problem("API_INVALID", { detail: `The archive ${archive} is neither in the record nor was it brought.` });
}
