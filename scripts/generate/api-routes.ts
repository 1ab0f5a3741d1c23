import { apiRoutes, type ApiParts } from "../../runtime/process/index.ts";
import * as gateway from "../../runtime/gateway/index.ts";

/** docs/api-operations.md: every operation, from the table that the server is made from. */
export function apiPage(madeBy: string): string {
  // Nothing is called while routes are listed: what they would ask is not there.
  const parts = new Proxy({}, { get: () => () => undefined }) as unknown as ApiParts;
  const routes = [...gateway.healthRoutes(() => []), ...apiRoutes(gateway, parts)];
  const tags = [...new Set(routes.map(({ tag }) => tag))].sort();
  const sections = tags.flatMap((tag) => [
    `## ${tag}`,
    "",
    "| operation | what it does | role |",
    "|---|---|---|",
    ...routes
      .filter((each) => each.tag === tag)
      .map(
        ({ method, path, summary, role, deprecated }) =>
          `| \`${method} ${path}\` | ${summary}${deprecated ? " (deprecated)" : ""} | ${role ?? "none"} |`,
      ),
    "",
  ]);
  return [
    "# Operations of the API",
    "",
    madeBy,
    "<!-- Source: runtime/gateway/routes-*.ts -->",
    "",
    "Every operation with the least role that may call it; [api.md](api.md) says how. A running gateway describes parameters, bodies and",
    "answers at `GET /v2/openapi.json`. `GET /v2/events` is a WebSocket, which OpenAPI does not describe.",
    "",
    ...sections,
  ].join("\n");
}
