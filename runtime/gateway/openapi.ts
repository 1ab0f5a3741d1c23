import { ok, type JsonObject } from "../../core/index.ts";
import type { Route } from "./types.ts";

/** The OpenAPI 3.1 document of these routes: what the server checks is what it says. */
export function openApi(routes: readonly Route[], version: string): JsonObject {
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(route);
  return {
    openapi: "3.1.0",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: {
      title: "moltbot gateway",
      version,
      description: "The running gateway: agents, conversations, approvals, channels, generations and the audit.",
      license: { name: "MIT", identifier: "MIT" },
    },
    tags: [...new Set(routes.map(({ tag }) => tag))].sort().map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "An access token: `moltbot gateway login`." },
        device: {
          type: "apiKey",
          in: "header",
          name: "Signature",
          description: "A request signed with a device key, with its nonce and time.",
        },
      },
      schemas: { Problem: PROBLEM },
    },
  };
}

/** Where the document is served; it describes itself too. */
export function documentRoute(routes: readonly Route[], version: string): Route {
  const route: Omit<Route, "handle"> = {
    method: "GET",
    path: "/v2/openapi.json",
    id: "describe",
    summary: "This document",
    tag: "description",
    role: null,
    answer: { type: "object" },
    status: 200,
  };
  // Anybody may ask for it, and it is long: it is written once.
  let content: string | undefined;
  const handle: Route["handle"] = async () => {
    content ??= JSON.stringify(openApi([...routes, { ...route, handle }], version));
    return ok({ status: 200, text: { type: "application/json; charset=utf-8", content } });
  };
  return { ...route, handle };
}

/** RFC 9457. */
const PROBLEM: JsonObject = {
  type: "object",
  required: ["type", "title", "status", "id"],
  properties: {
    type: { type: "string", description: "The page of the code." },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    code: { type: "string", description: "A stable code; `moltbot explain CODE`." },
    recoverable: { type: "boolean", description: "Whether the same request may succeed later." },
    remedy: { type: "string", description: "What to try next." },
    id: { type: "string", description: "The request: also in X-Request-Id, logs and audit." },
    problems: { type: "array", items: { type: "object" } },
  },
};

function operation(route: Route): JsonObject {
  const { id, summary, tag, role, status, answer, body, deprecated } = route;
  return {
    operationId: id,
    summary,
    tags: [tag],
    ...(deprecated ? { deprecated: true } : {}),
    security: role === null ? [] : [{ bearer: [] }, { device: [] }],
    ...(role === null ? {} : { "x-moltbot-role": role }),
    parameters: parameters(route),
    ...(body ? { requestBody: { required: true, content: { "application/json": { schema: body } } } } : {}),
    responses: {
      [String(status)]: {
        description: "Done.",
        ...(status === 204 ? {} : { content: contentOf(answer, route.produces) }),
      },
      default: { description: "A problem.", content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } } },
    },
  };
}

function contentOf(answer: JsonObject, produces: readonly string[] = ["application/json"]): JsonObject {
  return Object.fromEntries(produces.map((type) => [type, { schema: type === "application/json" ? answer : { type: "string" } }]));
}

function parameters({ params, query, isIdempotent, method }: Route): readonly JsonObject[] {
  const idempotency = { name: "Idempotency-Key", in: "header", required: false, schema: { type: "string", maxLength: 128 } };
  const ifMatch = { name: "If-Match", in: "header", required: false, schema: { type: "string", maxLength: 128 } };
  return [
    ...fieldsOf(params).map(([name, schema]) => ({ name, in: "path", required: true, schema })),
    ...fieldsOf(query).map(([name, schema]) => ({ name, in: "query", required: requiredOf(query).includes(name), schema })),
    ...(isIdempotent ? [idempotency] : []),
    ...(method === "PUT" || method === "PATCH" || method === "DELETE" ? [ifMatch] : []),
  ];
}

function fieldsOf(schema: JsonObject | undefined): readonly (readonly [string, JsonObject])[] {
  return Object.entries((schema?.["properties"] ?? {}) as Readonly<Record<string, JsonObject>>);
}

function requiredOf(schema: JsonObject | undefined): readonly string[] {
  return (schema?.["required"] ?? []) as readonly string[];
}
