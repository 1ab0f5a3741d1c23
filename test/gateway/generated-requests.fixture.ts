import { Validator } from "@cfworker/json-schema";
import * as fc from "fast-check";
import { expect } from "vitest";
import type { JsonObject } from "../../core/index.ts";
import { operationsOf, requestFor, type MadeRequest } from "./requests.fixture.ts";
import type { Got, RunningGateway } from "./running.fixture.ts";

/** A login needs a provider, and says so where there is none: the one unavailability that is no fault. */
const MAY_BE_AWAY = new Set(["AUTH_UNAVAILABLE"]);

/** Sends so many generated requests: no fault of ours, no hang, every answer fits what the document says. */
export async function sendGenerated({ ask }: RunningGateway, count: number): Promise<void> {
  const document = (await ask("/v2/openapi.json")).body;
  const operations = operationsOf(document);
  const problem = (document["components"] as { schemas: { Problem: JsonObject } }).schemas.Problem;
  const any = fc.oneof(...operations.map((each) => requestFor(each)));
  await fc.assert(
    fc.asyncProperty(any, async (request) => {
      const got = await ask(request.target, { method: request.method, body: request.body, headers: request.headers });
      const told = `${request.method} ${request.target} ${JSON.stringify(request.body)?.slice(0, 300)} -> ${got.status} ${got.text.slice(0, 400)}`;
      if (got.status >= 500) expect(MAY_BE_AWAY, told).toContain(got.body["code"]);
      const schema = schemaFor(request, got, problem);
      if (schema) expect(new Validator(schema, "2020-12").validate(got.body).errors, told).toEqual([]);
    }),
    { numRuns: count, endOnFailure: true },
  );
}

function schemaFor({ answers }: MadeRequest, { status, headers }: Got, problem: JsonObject): JsonObject | undefined {
  if (status >= 400) return problem;
  expect(Object.keys(answers)).toContain(String(status));
  const { content } = answers[String(status)] as { content?: Record<string, { schema: JsonObject }> };
  return String(headers["content-type"]).includes("application/json") ? content?.["application/json"]?.schema : undefined;
}
