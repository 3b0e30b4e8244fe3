// The real program and a real browser for the tests of this folder.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const PROGRAM = process.env.STELE_BIN ?? new URL("../../target/debug/stele", import.meta.url).pathname;
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const SHOTS = new URL("./shots/", import.meta.url).pathname;
mkdirSync(SHOTS, { recursive: true });

// Chromium of the system. It is not asked to do anything on its own: tests run on machines without the internet.
export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

// Starts the program and waits for the line that `found` makes something of.
const start = (args, env, stream, found) => new Promise((resolve, reject) => {
  const child = spawn(PROGRAM, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const told = [];
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
export const sandbox = () => start(["sandbox", "--listen", "127.0.0.1:0", "--print", "json"], {}, "stdout", line => JSON.parse(line));

// A server on a database of its own that nobody has set up: its address, the set-up address, and `stop`.
export const server = async () => {
  const dir = mkdtempSync(join(tmpdir(), "stele-browser-"));
  const made = await start(["serve", "--listen", "127.0.0.1:0", "--data", join(dir, "stele.db")], {}, "stderr", (line, told) => {
    const setup = told.join("\n").match(/http:\S+\/set-up\?token=\S+/)?.[0];
    return /Stele serves/.test(line) && setup && { url: new URL(setup).origin, setup, data: join(dir, "stele.db") };
  });
  return { ...made, stop: async () => { await made.stop(); rmSync(dir, { recursive: true, force: true }); } };
};

// A page of a browser of its own.
export const open = async (browser, options = {}) => (await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })).newPage();

// What axe finds on the page, as lines; none when all is well.
export const findings = async page => {
  await page.addScriptTag({ path: AXE });
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.flatMap(({ id, help, nodes }) => nodes.map(node => `${id}: ${help}: ${node.target.join(" ")}`));
};

// Whether the page is wider than its window.
export const tooWide = page => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);

// Keeps a picture of the page.
export const shot = (page, name) => page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
