import { Validator, type Schema } from "@cfworker/json-schema";

/**
 * Compares arguments with the tool's JSON Schema. It is done in the plugin's thread: a pattern of the schema
 * that takes for ever stops the plugin that wrote it, and not the gateway.
 *
 * @returns why they do not fit; undefined when they do, or when the tool declares no schema.
 */
export function newArgumentCheck(inputs: string): (tool: string, args: string) => string | undefined {
  const schemas = JSON.parse(inputs) as Readonly<Record<string, Schema>>;
  const validators = new Map<string, Validator>();
  return (tool, args) => {
    const schema = Object.hasOwn(schemas, tool) ? schemas[tool] : undefined;
    if (!schema) return undefined;
    try {
      const validator = validators.get(tool) ?? new Validator(schema, "2020-12", true);
      validators.set(tool, validator);
      const { valid, errors } = validator.validate(JSON.parse(args));
      const last = errors.at(-1);
      return valid ? undefined : last ? `${last.instanceLocation} ${last.error.replace(/\.$/, "")}` : "they do not";
    } catch {
      return "the schema of the tool cannot be used";
    }
  };
}
