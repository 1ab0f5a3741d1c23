import { dirname, basename } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { outcomeOf, type Result } from "../../core/index.ts";
import { certificateIn, gitServer } from "./https.fixture.ts";
import { openMirror } from "./index.ts";
import { PROJECT, repository, scratch, skill } from "./repo.fixture.ts";

/** Two hosts on this machine, over https, spoken by git itself. */

function said(result: Result<unknown>): string {
  return result.ok ? "ok" : result.diagnostics.map((each) => `${each.code} ${outcomeOf(each)}`).join();
}

async function fetchFrom(url: string, state: string, rebind = false): Promise<string> {
  const mirror = await openMirror(url, "main", state, { rebind });
  return mirror.ok ? said(await mirror.value.fetch()) : said(mirror);
}

describe("a repository over https", () => {
  test("row 46: an address that redirects to another host is not followed; nothing is sent there; REFUSED until re-bound", async () => {
    using source = repository({ "moltbot.yaml": PROJECT, "a/x.yaml": skill("one") });
    using certificates = scratch({});
    using state = scratch({});
    const certificate = certificateIn(certificates.path);
    vi.stubEnv("GIT_SSL_CAINFO", certificate.file);
    await using first = await gitServer(dirname(source.path), certificate);
    await using other = await gitServer(dirname(source.path), certificate);
    const path = `${basename(source.path)}/.git`;
    const [old, moved] = [`https://git@localhost:${first.port}/${path}`, `https://127.0.0.1:${other.port}/${path}`];

    expect(await fetchFrom(old, state.path)).toBe("ok");
    expect(first.requests.length).toBeGreaterThan(1);

    first.redirectTo = `https://127.0.0.1:${other.port}`;
    expect(await fetchFrom(old, state.path)).toBe("SOURCE_REDIRECTED REFUSED");
    expect(other.requests).toEqual([]);

    // The address itself changed, as in a manifest or a unit file somebody else wrote.
    expect(await fetchFrom(moved, state.path)).toBe("MIRROR_BOUND REFUSED");
    expect(other.requests).toEqual([]);
    expect(await fetchFrom(moved, state.path, true)).toBe("ok");
    expect(other.requests.length).toBeGreaterThan(1);
    expect(other.requests.filter((each) => each.authorization !== undefined)).toEqual([]);
  });

  test("row 46: what a redirecting server is told to prove who asks goes nowhere else, and no helper is asked for more", async () => {
    using source = repository({ "moltbot.yaml": PROJECT });
    using certificates = scratch({
      ".netrc": "machine localhost login git password canary\nmachine 127.0.0.1 login git password canary\n",
    });
    using state = scratch({});
    const certificate = certificateIn(certificates.path);
    vi.stubEnv("GIT_SSL_CAINFO", certificate.file);
    vi.stubEnv("HOME", certificates.path);
    await using first = await gitServer(dirname(source.path), certificate);
    await using other = await gitServer(dirname(source.path), certificate);
    first.authorization = "Basic Z2l0OmNhbmFyeQ==";
    const url = `https://git@localhost:${first.port}/${basename(source.path)}/.git`;
    expect(await fetchFrom(url, state.path)).toBe("GIT_FAILED UNAVAILABLE");
    first.redirectTo = `https://127.0.0.1:${other.port}`;
    expect(await fetchFrom(url, state.path)).toBe("SOURCE_REDIRECTED REFUSED");
    expect([...first.requests, ...other.requests].filter((each) => each.authorization === first.authorization)).toEqual([]);
    expect(other.requests).toEqual([]);
  });
});
