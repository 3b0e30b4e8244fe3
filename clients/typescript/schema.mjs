// JSON Schema as types of TypeScript.

// `Error` is a class of every JavaScript.
const RENAMED = { Error: "ErrorBody" };
const WORDS = { string: "string", integer: "number", number: "number", boolean: "boolean", null: "null" };
// A text that is one of some words.
const CHOICE = /^\^\((\w+(?:\|\w+)*)\)\$$/;

/** Blocks of lines, each line so far from the edge. */
export const lines = (blocks, depth) => blocks.join("\n").replace(/^(?=.)/gm, " ".repeat(depth));

/** What stands above a name, for a reader. */
export function note(text) {
  if (!text) return "";
  const told = text.trim().replaceAll("*/", "*\\/").split("\n");
  return told.length === 1 ? `/** ${told[0]} */\n` : `/**\n${told.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`;
}

/** An object with these members. */
export function shape(members) {
  if (members.length === 0) return "Record<never, never>";
  const told = members.map(({ name, description, isRequired, type }) => {
    const word = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
    return `${note(description)}${word}${isRequired ? "" : "?"}: ${type};`;
  });
  return `{\n${lines(told, 2)}\n}`;
}

/** The type that a schema describes; `used` gets the names that it refers to. */
export function typeOf(schema, used = new Set()) {
  const all = (list, sign) => [...new Set(list.map((one) => typeOf(one, used)))].join(` ${sign} `);
  if (schema.$ref) {
    const name = schema.$ref.split("/").pop();
    used.add(RENAMED[name] ?? name);
    return RENAMED[name] ?? name;
  }
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.oneOf ?? schema.anyOf) return all(schema.oneOf ?? schema.anyOf, "|");
  if (schema.allOf) return all(schema.allOf, "&");
  if (Array.isArray(schema.type)) return all(schema.type.map((type) => ({ ...schema, type })), "|");
  if (schema.type === "array") return `Array<${typeOf(schema.items ?? {}, used)}>`;
  if (schema.type === "object") return objectOf(schema, used);
  const choice = schema.type === "string" && schema.pattern?.match(CHOICE);
  if (choice) return choice[1].split("|").map((word) => JSON.stringify(word)).join(" | ");
  return WORDS[schema.type] ?? "unknown";
}

function objectOf({ properties, required = [], additionalProperties }, used) {
  const others = additionalProperties ? typeOf(additionalProperties, used) : "unknown";
  if (!properties) return `Record<string, ${others}>`;
  const members = Object.entries(properties).map(([name, property]) => {
    return { name, description: property.description, isRequired: required.includes(name), type: typeOf(property, used) };
  });
  const open = additionalProperties ? "\n  [name: string]: unknown;\n}" : "\n}";
  return members.length > 0 ? shape(members).replace(/\n\}$/, () => open) : `Record<string, ${others}>`;
}
