// What people of the tests do again and again.
import { open } from "./support.mjs";

export const PASSWORD = "a long way to the sea";
export const ADA = "ada@northwind.example";
export const ORG = "/o/northwind-press";

// Exchanges a key as a script does; the status, and the token where there is one.
export const exchange = async (url, apiKey) => {
  const answer = await fetch(`${url}/api/auth/token`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ apiKey }) });
  return { status: answer.status, ...(await answer.json()) };
};

// The first owner of a new instance, signed in.
export const setUp = async (browser, instance, options) => {
  const page = await open(browser, options);
  await page.goto(instance.setup);
  await page.fill("#name", "Ada Winter");
  await page.fill("#email", ADA);
  await page.fill("#password", PASSWORD);
  await page.fill("#organization", "Northwind Press");
  if (options?.javaScriptEnabled === false) await page.fill("#slug", "northwind-press");
  await page.click("button.primary");
  await page.waitForURL(/\/o\/northwind-press$/);
  return page;
};

export const signIn = async (page, url, email, password) => {
  await page.goto(`${url}/sign-in`);
  await page.fill("#email", email);
  await page.fill("#password", password);
  await page.click("button.primary");
};

export const choose = (page, name, value) => page.check(`input[name="${name}"][value="${value}"]`, { force: true });

export const makeProject = async (page, name) => {
  await page.goto(new URL(`${ORG}/projects/new`, page.url()).href);
  await page.fill("#name", name);
  await page.click("dialog button.primary");
  await page.waitForURL(/\/p\/[a-z-]+$/);
};

// A service account, and from its page the dialog for a key.
export const makeAccount = async page => {
  await page.goto(new URL(`${ORG}/settings/accounts/new`, page.url()).href);
  await page.fill("#name", "Site builder");
  await choose(page, "role", "editor");
  await page.click("dialog button.primary");
  await page.waitForURL(/\/accounts\/[0-9a-f-]{36}$/);
};

// From nothing to the page that shows a key once; the key.
export const makeKey = async (page, name) => {
  await makeAccount(page);
  await page.click("text=/Create key|Créer une clé/");
  await page.fill("dialog #name", name);
  await choose(page, "access", "write");
  await page.click("dialog button.primary");
  return (await page.textContent("#key")).trim();
};

// Opens what stands in the menu of the row of this name.
export const fromMenu = async (page, name, path) => {
  await page.click(`summary[aria-label*="${name}"]`);
  await page.click(`a[href*='${path}']:visible`);
};

// Says that the key is stored and leaves the page that shows it.
export const leave = async (page, to = /\/accounts\//) => {
  await page.check("dialog .check input");
  await page.click("dialog .foot button");
  await page.waitForURL(to);
};
