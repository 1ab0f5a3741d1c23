import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { onTestFinished } from "vitest";
import { newStateDir, testPorts, valueOf, writerOf, type TestPorts } from "../store/store.fixture.ts";
import { openAudit, openAuditReader, type AuditLog, type AuditReader, type SecurityEvent } from "./index.ts";

/** A store with an audit, events from short words, and a hand that changes the file behind its back. */

export interface Audited {
  readonly dir: string;
  readonly ports: TestPorts;
  readonly log: AuditLog;
}

export function storeDir(ports: TestPorts = testPorts()): string {
  const dir = newStateDir();
  writerOf(dir, ports).close();
  return dir;
}

export function audited(count = 0): Audited {
  const ports = testPorts();
  const dir = storeDir(ports);
  const log = openLog(dir, ports);
  for (let i = 1; i <= count; i++) valueOf(log.record(called(`c${i}`)));
  return { dir, ports, log };
}

export function openLog(dir: string, ports: TestPorts): AuditLog {
  const log = valueOf(openAudit(dir, ports));
  onTestFinished(() => {
    try {
      log.close();
    } catch {
      // Closed by the test itself.
    }
  });
  return log;
}

export function openReader(dir: string, ports: TestPorts): AuditReader {
  const reader = valueOf(openAuditReader(dir, ports.clock));
  if (!reader) throw new Error("an audit was due");
  onTestFinished(() => {
    try {
      reader.close();
    } catch {
      // Closed by the test itself.
    }
  });
  return reader;
}

export function called(correlation: string, more: Partial<SecurityEvent> = {}): SecurityEvent {
  return {
    kind: "tool.called",
    owner: "acme/prod",
    correlation,
    actor: "oidc:https://id.acme.example#ada",
    agent: "support",
    session: "s1",
    tool: "http.fetch",
    action: "get",
    resource: "https://api.example.com/orders",
    decision: "allowed",
    ...more,
  };
}

/** Changes the file with a hand of its own, as somebody with access to the disk would. */
export function tamper(dir: string, sql: string): void {
  const db = new DatabaseSync(path.join(dir, "audit.db"));
  try {
    db.exec(sql);
  } finally {
    db.close();
  }
}
