// Leads to an instance, with a key that whoever asks does not have: `node signed.mjs URL KEY` prints its own address.
import { createServer, request } from "node:http";

const [, , to, key] = process.argv, { hostname, port } = new URL(to);
const server = createServer((asked, answered) => {
  const headers = { ...asked.headers, authorization: `Bearer ${key}` };
  const passed = request({ hostname, port, path: asked.url, method: asked.method, headers, setHost: false }, answer => {
    answered.writeHead(answer.statusCode, answer.headers);
    answer.pipe(answered);
  });
  asked.pipe(passed);
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
