// The real program and a real browser for the tests of this folder.
import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const here = path => new URL(path, import.meta.url).pathname;
const PROGRAM = process.env.STELE_BIN ?? here("../../target/debug/stele");
const PYTHON = process.env.STELE_PYTHON ?? here("../../.venv/bin/python");
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
// Where pictures are kept, for whoever wants to see the pages: `STELE_SHOTS=target/shots`.
const SHOTS = process.env.STELE_SHOTS;
if (SHOTS) mkdirSync(SHOTS, { recursive: true });

// Chromium of the system. It is not asked to do anything on its own: tests run on machines without the internet.
export const launch = (...more) => chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...more],
});

const running = new Set();

// Ends the browser, and every program that a test which failed has left behind.
export const close = async browser => {
  await browser?.close();
  for (const child of running) child.kill("SIGKILL");
};

// Starts the program and waits for the line that `found` makes something of.
const start = (args, env, stream, found) => new Promise((resolve, reject) => {
  const child = spawn(PROGRAM, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const told = [];
  running.add(child);
  child.once("exit", () => running.delete(child));
  for (const each of ["stdout", "stderr"]) {
    createInterface({ input: child[each] }).on("line", line => {
      told.push(line);
      const made = each === stream && found(line, told);
      if (made) resolve({ ...made, stop: () => new Promise(done => { child.once("exit", done); child.kill("SIGTERM"); }) });
    });
  }
  child.once("exit", code => reject(new Error(`the program ended with ${code}:\n${told.join("\n")}`)));
});

// A sandbox: its JSON line, and `stop`.
export const sandbox = (...settings) => start(["sandbox", "--listen", "127.0.0.1:0", "--print", "json", ...settings], {}, "stdout", line => JSON.parse(line));

// A server on a database of its own that nobody has set up: its address, the set-up address, and `stop`.
export const server = async (...settings) => {
  const dir = mkdtempSync(join(tmpdir(), "stele-browser-"));
  const data = join(dir, "stele.db");
  const made = await start(["serve", "--listen", "127.0.0.1:0", "--data", data, ...settings], {}, "stderr", (line, told) => {
    const setup = told.join("\n").match(/http:\S+\/set-up\?token=\S+/)?.[0];
    return /Stele serves/.test(line) && setup && { url: new URL(setup).origin, setup, data };
  });
  return { ...made, stop: async () => { await made.stop(); rmSync(dir, { recursive: true, force: true }); } };
};

const python = async (...args) => (await promisify(execFile)(PYTHON, args)).stdout;

// What the published SDK gets with a key: `projects`, or `error`.
export const sdk = async (url, organization, key) => JSON.parse(await python(here("./sdk.py"), organization, key, `${url}/api`));

// Lets an hour pass since everybody typed their password.
export const age = data => python("-c", "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], timeout=10); db.execute('UPDATE sessions SET password_at = password_at - 3600000000'); db.commit()", data);

// A mail server that keeps what it is given: its port, `email` - the next one, as text - and `stop`.
export const postbox = async () => {
  const emails = [], waiting = [];
  const keep = email => { const first = waiting.shift(); first ? first(email) : emails.push(email); };
  const server = createServer(socket => {
    let email = null;
    socket.write("220 postbox\r\n");
    socket.on("error", () => {});
    createInterface({ input: socket, crlfDelay: Infinity }).on("line", line => {
      if (email && line !== ".") return email.push(line.replace(/^\./, ""));
      const word = line.slice(0, 4).toUpperCase();
      if (email) { keep(plain(email.join("\n"))); email = null; socket.write("250 kept\r\n"); }
      else if (word === "DATA") { email = []; socket.write("354 go on\r\n"); }
      else if (word === "QUIT") socket.end("221 bye\r\n");
      else socket.write("250 fine\r\n");
    });
  });
  await new Promise(done => server.listen(0, "127.0.0.1", done));
  const email = () => new Promise(done => { emails.length ? done(emails.shift()) : waiting.push(done); });
  return { port: server.address().port, email, stop: () => new Promise(done => server.close(done)) };
};

// The text of an e-mail without its quoted-printable dress (RFC 2045 6.7).
const plain = email => email.replace(/=\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));

// A page of a browser of its own. What is closed over a page takes a step back in the history, which would end a journey that begins
// meanwhile: the next one waits for it.
export const open = async (browser, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(15000);
  const page = await context.newPage();
  if (options.javaScriptEnabled === false) return page;
  const goto = page.goto.bind(page);
  const settled = () => page.waitForFunction(() => history.state?.over !== true || document.querySelector("dialog:modal"));
  page.goto = async (...to) => { await settled(); return goto(...to); };
  return page;
};

// What axe finds on the page, as lines; none when all is well. Targets that are too small for a finger count, too.
export const findings = async (page, rules) => {
  if (!await page.evaluate(() => "axe" in globalThis)) await page.addScriptTag({ path: AXE });
  const options = { resultTypes: ["violations"], rules: { "target-size": { enabled: true } }, ...(rules && { runOnly: { type: "rule", values: rules } }) };
  const { violations } = await page.evaluate(options => globalThis.axe.run(document, options), options);
  return violations.flatMap(({ id, help, nodes }) => nodes.map(node => `${id}: ${help}: ${node.target.join(" ")}`));
};

// Whether the page is wider than its window, or a table than the sheet it lies on.
export const tooWide = page => page.evaluate(() => {
  const right = element => element.getBoundingClientRect().right;
  const beyond = [...document.querySelectorAll(".sheet > .table")].some(table => right(table) > right(table.parentElement) + 1);
  return beyond || document.documentElement.scrollWidth > document.documentElement.clientWidth + 1;
});

// Keeps a picture, if pictures are asked for: of the whole page, or of the window where a dialog lies over it.
export const shot = async (page, name) => {
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: !await page.locator("dialog:modal").count() });
};
