// Blocks put in order and taken away, by keys and by dragging; an entry scheduled and published; what axe finds.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findings, shot, tooWide } from "../support.mjs";
import { content, desk, line, opened, save } from "./desk.mjs";

let blocks, edit, end, make, stored;
before(async () => { ({ blocks, edit, end, make, stored } = await desk()); });
after(() => end());

test("blocks are put in order by keys, and by dragging", async () => {
  const id = await make();
  const page = await edit(id);
  const order = () => page.$$eval("[data-block]", all => all.map(one => one.dataset.block).join(""));
  await line(page, "a").focus();
  await page.keyboard.press("Alt+ArrowDown");
  await page.waitForFunction(() => [...document.querySelectorAll("[data-block]")].map(one => one.dataset.block).join("") === "bat");
  assert.equal(await page.evaluate(() => document.activeElement.closest("[data-block]")?.dataset.block), "a", "the focus goes along");
  await page.keyboard.press("Alt+ArrowDown");
  await page.waitForFunction(() => document.querySelector("[data-block]:last-of-type, [data-block]") && [...document.querySelectorAll("[data-block]")].at(-1).dataset.block === "a");
  const from = await page.locator("#part-a .grip").boundingBox(), to = await page.locator("#part-b").boundingBox();
  await page.mouse.move(from.x + 5, from.y + 5);
  await page.mouse.down();
  await page.mouse.move(to.x + 40, to.y + 3, { steps: 8 });
  await page.mouse.up();
  await page.waitForFunction(() => document.querySelector("[data-block]").dataset.block === "a");
  assert.equal(await order(), "abt");
  // Deleted, and taken back by the notice.
  await opened(page, "b");
  await page.click('button[value="delete:b"]');
  await page.waitForSelector(".toast");
  assert.equal(await order(), "at");
  await page.click(".toast button");
  await page.waitForFunction(() => document.querySelectorAll("[data-block]").length === 3);
  await page.context().close();
});

test("an entry is scheduled, published and taken back without leaving it", async () => {
  const id = await make();
  const page = await edit(id);
  await page.fill("#publishAt", "2031-05-04T08:30");
  await page.fill("#title", "Spring tide");
  await page.click("button[value=schedule]");
  await page.waitForSelector(".status.half");
  const { status, scheduledPublishAt, title } = await stored(id);
  assert.deepEqual([status, scheduledPublishAt, title.en], ["scheduled", "2031-05-04T08:30:00.000Z", "Spring tide"]);
  await page.click("button[value=unschedule]");
  await page.waitForSelector(".status:not(.half, .on)");
  await page.click(".bar button.primary");
  await page.waitForSelector(".status.on");
  await page.click("button[value=unpublish]");
  await page.waitForSelector(".status:not(.on)");
  assert.equal((await stored(id)).status, "draft");
  await page.context().close();
});

test("a page is written, arranged and published by keys alone", async () => {
  const id = await make();
  const page = await edit(id);
  const reach = async (selector, key = "Tab") => {
    for (let n = 0; n < 150; n++) {
      if (await page.evaluate(selector => document.activeElement?.matches(selector), selector)) return;
      await page.keyboard.press(key);
    }
    assert.fail(`no key leads to ${selector}`);
  };
  await reach("[data-column] > .last > .add");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#part-adding");
  await reach('[value="add:quote"]');
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.name === "data.text");
  await page.keyboard.type("So it goes");
  await reach('[value^="close"]', "Shift+Tab");
  await page.keyboard.press("Alt+ArrowUp");
  await page.waitForFunction(() => [...document.querySelectorAll("[data-block]")].at(-1).dataset.block === "t");
  await reach(".bar button.primary", "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".status.on");
  assert.deepEqual((await blocks(id)).map(block => block.data.text?.en ?? block.data.text ?? block.data.markdown), ["Alpha", "Beta", "So it goes", "Plain"]);
  await page.context().close();
});

test("what is opened takes the focus, Escape closes it, and what is empty or wrong can be deleted", async () => {
  const id = await make([{ id: "s", columns: [{ id: "c", blocks: [{ id: "t", type: "text", data: { markdown: "Plain" } }, { id: "i", type: "image", data: { file: "/a.png" } }] }] }]);
  const page = await edit(id);
  await line(page, "t").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.name === "data.markdown");
  await page.keyboard.press("Escape");
  await page.waitForSelector("#part-t:not(.open)");
  assert.equal(await page.evaluate(() => document.activeElement.closest("[data-block]")?.dataset.block), "t");
  await page.locator("[data-column] > .last > .add").click();
  await page.click('#part-adding button[value="add:heading"]');
  await page.waitForSelector("#data\\.text");
  const empty = await page.inputValue("input[name=open]");
  for (const does of ["down", "copy"]) {
    await page.click(`#part-${empty} .tools .menu > summary`);
    await page.click(`button[value="${does}:${empty}"]`);
    await page.waitForSelector(`#part-${empty} .tools .menu:not([open])`);
  }
  await page.locator(".toast", { hasText: "Copied" }).waitFor();
  await page.click(`button[value="delete:${empty}"]`);
  await page.waitForSelector(`#part-${empty}`, { state: "detached" });
  await opened(page, "i");
  await page.fill("#data\\.file", "nonsense");
  await page.click('button[value="delete:i"]');
  await page.waitForSelector("#part-i", { state: "detached" });
  await save(page);
  assert.deepEqual((await blocks(id)).map(block => block.id), ["t"]);
  await page.context().close();
});

test("the editor has no finding and fits, closed and open, in both themes", async () => {
  const id = await make([...content(), { id: "n", name: "Editions", columns: [{ id: "n1", blocks: [{ id: "f", type: "faq", data: { items: [{ id: "q", question: "Who?", answer: "We." }] } }] }, { id: "n2", blocks: [] }] }]);
  for (const colorScheme of ["light", "dark"]) {
    const page = await edit(id, { colorScheme, bypassCSP: true });
    for (const part of ["t", "f", "s"]) {
      await opened(page, part);
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        assert.deepEqual(await findings(page), [], `${part}, ${colorScheme}, ${width}`);
        assert.equal(await tooWide(page), false, `${part}, ${width}`);
        await shot(page, `editor-${part}-${colorScheme}-${width}`);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
    }
    await page.context().close();
  }
});
