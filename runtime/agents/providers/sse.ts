import type { HttpAnswer } from "./http.ts";
import { notItsProtocol } from "./protocol.ts";

/**
 * The data of each server-sent event, from the lines of a stream. Comments, names and ids are passed
 * over; several data lines of one event are joined. An event that the end cuts off still counts: some
 * servers leave the last empty line out. Source: HTML, 9.2.6 "Interpreting an event stream".
 */
export async function* eventData(batches: AsyncIterable<readonly string[]>): AsyncGenerator<string, void> {
  let data: string[] = [];
  for await (const lines of batches) {
    for (const line of lines) {
      const [isData, value] = /^\uFEFF?data(?:: ?(.*))?$/s.exec(line) ?? [];
      if (isData !== undefined) data.push(value ?? "");
      if (line !== "" || data.length === 0) continue;
      yield data.join("\n");
      data = [];
    }
  }
  if (data.length > 0) yield data.join("\n");
}

/** A page or a lone object is told from a stream by its first line, so that its end is not waited for. */
export async function* lookingLikeEvents(answer: HttpAnswer): AsyncGenerator<readonly string[], void> {
  for await (const lines of answer.lines()) {
    const other = lines.find((line) => /^\s*[<{]/.test(line));
    if (other !== undefined) throw notItsProtocol(other);
    yield lines;
  }
}
