import { escapeText } from "../../core/index.ts";
import type { Deleted, Exported } from "../../runtime/person/index.ts";
import { plainViews, type Views } from "./index.ts";
import { fitted } from "./look.ts";

/** What was handed out, counted; the content is in the file alone. */
export function exportedViews(file: string): Views<Exported> {
  const counted = ({ parts }: Exported): readonly (readonly [string, number])[] =>
    Object.entries(parts).map(([name, list]) => [name, list.length]);
  return {
    isDeed: true,
    ...plainViews((done) => ({
      formatVersion: "1.0",
      kind: "PersonExported",
      file,
      at: done.at,
      counts: Object.fromEntries(counted(done)),
      declared: done.declared,
      digest: done.digest,
      receipt: done.receipt,
    })),
    text: (done, look) =>
      fitted(look, `${lines(counted(done))}${stillNamed(done)}Written to ${escapeText(file)}. Receipt in the audit: ${done.receipt}\n`),
  };
}

export const deletedViews: Views<Deleted> = {
  isDeed: true,
  ...plainViews(({ at, counts, declared, receipt }) => ({ formatVersion: "1.0", kind: "PersonDeleted", at, counts, declared, receipt })),
  text: ({ counts, declared, receipt }, look) =>
    fitted(look, `${lines(Object.entries(counts))}${stillNamed({ declared })}Deleted. Receipt in the audit: ${receipt}\n`),
};

function lines(counts: readonly (readonly [string, number])[]): string {
  return counts.map(([name, count]) => `${name}: ${count}\n`).join("");
}

/** What nobody deletes here: the next apply would bring it back. */
function stillNamed({ declared }: Pick<Deleted, "declared">): string {
  const places = declared.map(({ owner, address, field }) => `  ${address} ${field}  (${owner})\n`).map(escapeLine);
  return places.length === 0 ? "" : `declared in git, removed there:\n${places.join("")}`;
}

function escapeLine(line: string): string {
  return `${escapeText(line.slice(0, -1))}\n`;
}
