// Makes the files of `api/` from the OpenAPI document of the server:
//
//     stele openapi | node generate.mjs            writes them
//     stele openapi | node generate.mjs --check    says which ones are not what it would write, and ends with 1
//
// The same document makes the same files. What every call does is written by hand, in `transport.js`.

import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { lines, note, shape, typeOf } from "./schema.mjs";

const FOLDER = new URL("api/", import.meta.url);
const MADE = "// Made by generate.mjs from the OpenAPI document; a change by hand is lost.\n";
const METHODS = ["get", "post", "put", "patch", "delete"];
// Headers that a call may have, and the options that send them.
const OPTIONS = { "Idempotency-Key": "Repeatable", "If-Match": "Versioned", "If-None-Match": "Conditional" };

// Bodies that are spelled out; any other is sent as it is given.
const SPELLED = ["application/json", "application/x-www-form-urlencoded"];
// Types of `transport.d.ts`.
const BY_HAND = ["Raw", "Options", ...Object.values(OPTIONS)];

const camel = (name) => name.replace(/_+(\w)/g, (_, letter) => letter.toUpperCase());
const title = (name) => camel(`_${name}`);

/** Every operation of the document, by its group: what the program knows of it and what its type needs. */
function groupsOf(document) {
  const groups = new Map(document.tags.map((tag) => [tag.name, { text: tag.description, operations: [] }]));
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS.filter((method) => item[method])) {
      const operation = item[method];
      groups.get(operation.tags[0]).operations.push({ ...operation, method: method.toUpperCase(), path });
    }
  }
  return [...groups].filter(([, group]) => group.operations.length > 0);
}

/** The media type and the schema of a body, of which the document names one. */
function bodyOf({ content = {} }) {
  const [type, { schema } = {}] = Object.entries(content)[0] ?? [];
  return { type, schema };
}

/** Whether it is called without a token. */
const isOpen = (operation) => operation.security?.every((way) => !("token" in way)) ?? false;

/** The line of an operation in the table that the client reads. */
function entry(operation) {
  const { type } = bodyOf(operation.requestBody ?? {});
  const members = [`method: "${operation.method}"`, `path: "${operation.path}"`];
  if (type) members.push(`body: "${type}"`);
  if (isOpen(operation)) members.push("open: true");
  return `${camel(operation.operationId)}: { ${members.join(", ")} },`;
}

function table(groups) {
  const members = groups.map(([name, { operations }]) => `  ${camel(name)}: {\n${lines(operations.map(entry), 4)}\n  },`);
  return `${MADE}\n/** Every operation by its group: how it is sent, the media type of its body, and whether it is open to all. */
export const operations = {\n${members.join("\n")}\n};\n`;
}

/** The argument of a call: what stands in the path, what is asked for, and the body as `data`. */
function given(operation, used) {
  const taken = (operation.parameters ?? []).filter((one) => one.in === "path" || one.in === "query");
  const members = taken.map(({ name, description, required, schema }) => ({ name, description, isRequired: required, type: typeOf(schema, used) }));
  if (operation.requestBody) {
    if (members.some(({ name }) => name === "data")) throw new Error(`${operation.operationId} has a parameter that is called data`);
    const { type, schema } = bodyOf(operation.requestBody);
    members.push({ name: "data", description: `The body, ${type}.`, isRequired: operation.requestBody.required, type: SPELLED.includes(type) ? typeOf(schema, used) : "Raw" });
    if (!SPELLED.includes(type)) used.add("Raw");
  }
  return `of${members.some(({ isRequired }) => isRequired) ? "" : "?"}: ${shape(members)}`;
}

/** The type of its answer. */
function answer(operation, used) {
  const good = Object.entries(operation.responses).find(([status]) => status.startsWith("2"));
  const { type, schema } = bodyOf(good[1]);
  if (!type) return "undefined";
  if (type === "application/json") return typeOf(schema, used);
  return type.startsWith("text/") ? "string" : "ReadableStream<Uint8Array>";
}

/** A method, as TypeScript declares it. */
function declared(operation, used) {
  const of = given(operation, used);
  const headers = (operation.parameters ?? []).filter((one) => one.in === "header").map((one) => OPTIONS[one.name]);
  const options = headers.length > 0 ? headers : ["Options"];
  options.forEach((option) => used.add(option));
  const result = answer(operation, used);
  const method = (more, result) => `${camel(operation.operationId)}(${of}, ${more}): Promise<${result}>;`;
  const all = [method(`options?: ${options.join(" & ")}`, result)];
  // With a tag that is still good the answer has no body.
  if (headers.includes("Conditional")) all.unshift(method("options: Conditional & { ifNoneMatch: string }", `${result} | undefined`));
  return `${note(`${operation.description}\n\n\`${operation.method} ${operation.path}\``)}${all.join("\n")}`;
}

function resource([name, { text, operations }]) {
  const used = new Set();
  const methods = operations.map((operation) => declared(operation, used)).join("\n\n");
  const imported = (from, isWanted) => {
    const names = [...used].filter(isWanted).sort();
    const line = `import type { ${names.join(", ")} } from "${from}";\n`;
    if (line.length < 120) return names.length > 0 ? line : "";
    return `import type {\n${lines(names.map((one) => `${one},`), 2)}\n} from "${from}";\n`;
  };
  const imports = imported("./schemas.js", (one) => !BY_HAND.includes(one)) + imported("../transport.js", (one) => BY_HAND.includes(one));
  return `${MADE}${imports}\n${note(text)}export interface ${title(name)}Resource {\n${lines([methods], 2)}\n}\n`;
}

function schemas(document) {
  const all = Object.entries(document.components.schemas).map(([name, schema]) => {
    const [own, type] = [typeOf({ $ref: name }), typeOf(schema)];
    const isInterface = schema.type === "object" && schema.properties;
    return note(schema.description) + (isInterface ? `export interface ${own} ${type}` : `export type ${own} = ${type};`);
  });
  return `${MADE}\n${all.join("\n\n")}\n`;
}

function index(groups) {
  const imports = groups.map(([name]) => `import type { ${title(name)}Resource } from "./${name}.js";`);
  const members = groups.map(([name, { text }]) => `${note(text)}${camel(name)}: ${title(name)}Resource;`);
  return `${MADE}${imports.join("\n")}\n\n/** The calls of the API, in groups. */\nexport interface Resources {\n${lines(members, 2)}\n}\n`;
}

/** The files: name and text. */
export function files(document) {
  const groups = groupsOf(document);
  const resources = groups.map((group) => [`${group[0]}.d.ts`, resource(group)]);
  return new Map([["operations.js", table(groups)], ["index.d.ts", index(groups)], ["schemas.d.ts", schemas(document)], ...resources]);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const wanted = files(JSON.parse(readFileSync(0, "utf8")));
  mkdirSync(FOLDER, { recursive: true });
  const there = new Map(readdirSync(FOLDER).map((name) => [name, readFileSync(new URL(name, FOLDER), "utf8")]));
  const changed = [...new Set([...wanted.keys(), ...there.keys()])].filter((name) => wanted.get(name) !== there.get(name));
  if (process.argv.includes("--check")) {
    for (const name of changed) console.log(`api/${name} is not what the document makes`);
    process.exitCode = changed.length > 0 ? 1 : 0;
  } else {
    for (const name of changed) {
      if (wanted.has(name)) writeFileSync(new URL(name, FOLDER), wanted.get(name));
      else rmSync(new URL(name, FOLDER));
    }
  }
}
