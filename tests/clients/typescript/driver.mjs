// Calls for a test in Python: a line of JSON in, a line of JSON out.

import { createInterface } from "node:readline";
import { createStele } from "stele-client";

const client = createStele({ baseUrl: process.env.STELE_URL, apiKey: process.env.STELE_KEY });

for await (const line of createInterface({ input: process.stdin })) {
  const { resource, method, of } = JSON.parse(line);
  const told = await client[resource][method](of).then(
    (answer) => ({ answer }),
    ({ name, message, status, code }) => ({ error: { name, message, status, code } }),
  );
  console.log(JSON.stringify(told));
}
