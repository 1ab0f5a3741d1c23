import {
  addressOf,
  InternalError,
  isArray,
  isObject,
  jsonEqual,
  pointerOf,
  type Address,
  type Json,
  type JsonObject,
  type SchemaNode,
} from "../../core/index.ts";
import { KINDS } from "../../schemas/index.ts";
import { newAccounts, type Accounts } from "./accounts.ts";
import { listLengthMisfit, misfit, nodeAt } from "./fits.ts";
import { pointerOfNode, type SourceNode } from "./json5/tree.ts";
import { newNames, type Names } from "./names.ts";
import type { FoundSecret, Task } from "./types.ts";

type Path = readonly (string | number)[];

/** The resources of an import while they are put together. It lives for one import and is seen by nobody else. */
export interface Draft {
  readonly root: SourceNode;
  readonly accounts: Accounts;
  /** Literal secrets of the source that may be looked for elsewhere. */
  readonly isSecretText: (text: string) => boolean;
  readonly secrets: FoundSecret[];
  readonly tasks: Task[];
  /** Where comments about a part of the source belong, by its pointer. */
  readonly homes: Map<string, Address>;
  readonly project: string;
  names(kind: string): Names;
  /** A new resource. A name that differs from the id is noted in an annotation. */
  create(kind: string, name: string, id?: string, home?: SourceNode): Address;
  has(address: Address): boolean;
  addresses(): readonly Address[];
  document(address: Address): JsonObject;
  get(address: Address, path: Path): Json | undefined;
  /**
   * Sets a field, if the schema allows the value, it is no secret, and nothing else stands there.
   *
   * @param from - The source values that say so; they are accounted for.
   */
  put(address: Address, path: Path, value: Json, from: readonly SourceNode[]): boolean;
  /** The same at the end of a list. A value that a list without repetition already has is not added again. */
  push(address: Address, path: Path, value: Json, from: readonly SourceNode[]): boolean;
  /** Sets what the source does not say but implies. */
  imply(address: Address, path: Path, value: Json): void;
  task(text: string, address?: Address): void;
}

type Mutable = Record<string, unknown>;

export function newDraft(root: SourceNode, project: string, isSecretText: (text: string) => boolean): Draft {
  const accounts = newAccounts(root);
  const documents = new Map<Address, JsonObject>();
  const names = new Map<string, Names>();
  const homes = new Map<string, Address>();
  const tasks: Task[] = [];
  const documentOf = (address: Address): JsonObject => {
    const document = documents.get(address);
    if (!document) throw new InternalError(`${address} was not created`);
    return document;
  };
  const refusal = (address: Address, path: Path, value: Json): string | undefined => {
    const node = nodeAt(schemaOf(address), path);
    return misfit(node, value) ?? (textsOf(value).some(isSecretText) && !isReference(node, value) ? "it may be a secret" : undefined);
  };
  const account = (address: Address, path: Path, from: readonly SourceNode[]): true => {
    for (const node of from) accounts.carried(node, { address, pointer: pointerOf(path) });
    return true;
  };
  const refuse = (address: Address, path: Path, from: readonly SourceNode[], why: string): false => {
    for (const node of from) accounts.note(node, `Not carried to ${address} ${pointerOf(path)}: ${why}.`);
    return false;
  };
  return {
    root,
    accounts,
    isSecretText,
    secrets: [],
    tasks,
    homes,
    project,
    names: (kind) => {
      const known = names.get(kind) ?? newNames();
      names.set(kind, known);
      return known;
    },
    create: (kind, name, id, home) => {
      const address = addressOf(kind, name);
      if (documents.has(address)) throw new InternalError(`${address} exists already`);
      const annotations = id === undefined || id === name ? {} : { annotations: { "moltbot.dev/original-id": id } };
      documents.set(address, { apiVersion: apiVersionOf(kind), kind, metadata: { name, ...annotations }, spec: {} });
      if (home) homes.set(pointerOfNode(home), address);
      return address;
    },
    has: (address) => documents.has(address),
    addresses: () => [...documents.keys()],
    document: documentOf,
    get: (address, path) => valueIn(documentOf(address), path),
    put: (address, path, value, from) => {
      const why = refusal(address, path, value);
      if (why !== undefined) return refuse(address, path, from, why);
      const known = valueIn(documentOf(address), path);
      if (known !== undefined && !jsonEqual(known, value)) return refuse(address, path, from, "something else stands there");
      if (known === undefined) setIn(documentOf(address), path, value);
      return account(address, path, from);
    },
    push: (address, path, value, from) => {
      const node = nodeAt(schemaOf(address), path);
      const list = valueIn(documentOf(address), path) ?? [];
      if (!isArray(list)) throw new InternalError(`${address}${pointerOf(path)} is no list`);
      const same = node?.uniqueItems === true ? list.findIndex((item) => jsonEqual(item, value)) : -1;
      if (same >= 0) return account(address, [...path, same], from);
      const why = listLengthMisfit(node, list.length + 1) ?? refusal(address, [...path, list.length], value);
      if (why !== undefined) return refuse(address, path, from, why);
      setIn(documentOf(address), path, [...list, value]);
      return account(address, [...path, list.length], from);
    },
    imply: (address, path, value) => {
      const why = misfit(nodeAt(schemaOf(address), path), value);
      if (why !== undefined) throw new InternalError(`${address}${pointerOf(path)} cannot be implied: ${why}`);
      if (valueIn(documentOf(address), path) === undefined) setIn(documentOf(address), path, value);
    },
    task: (text, address) => {
      if (!tasks.some((known) => known.text === text && known.address === address))
        tasks.push(address === undefined ? { text } : { text, address });
    },
  };
}

function schemaOf(address: Address): SchemaNode {
  const model = KINDS.byName.get(address.slice(0, address.indexOf("/")));
  if (!model) throw new InternalError(`${address} is of no known kind`);
  return model.schema;
}

function apiVersionOf(kind: string): string {
  return KINDS.byName.get(kind)?.apiVersion ?? "";
}

/** A reference `{secret, key}` where one is due holds names only. */
function isReference(node: SchemaNode | undefined, value: Json): boolean {
  return node?.properties?.["secret"] !== undefined && isObject(value) && Object.hasOwn(value, "secret");
}

function textsOf(value: Json): readonly string[] {
  if (typeof value === "string") return [value];
  if (isArray(value)) return value.flatMap(textsOf);
  return isObject(value) ? Object.values(value).flatMap(textsOf) : [];
}

function valueIn(document: JsonObject, path: Path): Json | undefined {
  let at: Json | undefined = document;
  for (const step of path) {
    if (isArray(at)) at = at[Number(step)];
    else if (isObject(at)) at = Object.hasOwn(at, String(step)) ? at[String(step)] : undefined;
    else return undefined;
  }
  return at;
}

/** Makes the mappings on the way. A step into a list must be one that exists. */
function setIn(document: Mutable, path: Path, value: Json): void {
  let at = document;
  for (const step of path.slice(0, -1)) {
    if (!Object.hasOwn(at, step)) at[step] = {};
    at = at[step] as Mutable;
  }
  at[path.at(-1) ?? ""] = value;
}
