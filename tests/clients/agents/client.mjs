// The published client of the protocol for TypeScript: what one that connects in this mode (`default` or `auto`) sees and does, as JSON. It calls an address
// with the key in STELE_KEY, or starts the program that is named.
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";

const [mode, project, command, ...args] = process.argv.slice(2);
const { STELE_URL, STELE_KEY } = process.env;
const transport = command
  ? new StdioClientTransport({ command, args, env: { STELE_URL, STELE_KEY } })
  : new StreamableHTTPClientTransport(new URL(`${STELE_URL}/mcp`), { requestInit: { headers: { Authorization: `Bearer ${STELE_KEY}` } } });
const client = new Client({ name: "test-agent", version: "1.0.0" }, mode === "auto" ? { versionNegotiation: { mode } } : {});
await client.connect(transport);

const call = async (name, given) => {
  const { content, isError } = await client.callTool({ name, arguments: { project, ...given } });
  return { text: content[0].text, isError: isError ?? false };
};
const { tools } = await client.listTools(), { resources } = await client.listResources(), { prompts } = await client.listPrompts();
const made = await call("create_entry", { kind: "website_page", title: `Boats, ${mode}`, markdown: "A boat is at the quay." });
const [, id] = made.text.match(/id: (\S+)/), [, version] = made.text.match(/version (\d+)/);
const edited = await call("edit_text", { id, version: Number(version), edits: [{ old: "at the quay", new: "on its way" }] });
const read = await call("read_entry", { id }), refused = await call("read_entry", { id: "nowhere" });
const blocks = await client.readResource({ uri: "stele://blocks" });
const unknown = await client.readResource({ uri: "stele://nothing" }).catch(error => error.message);
const revision = client.getNegotiatedProtocolVersion();
await client.close();
console.log(JSON.stringify({ tools: tools.map(tool => tool.name), resources: resources.length, prompts: prompts.length, revision, edited, read, refused, unknown, blocks: blocks.contents.length }));
