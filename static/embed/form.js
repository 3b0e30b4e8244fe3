// Forms of a Stele server on pages of any site: <script src=".../form.v1.js" data-form="ID" async></script> draws one where it stands, and frames
// with one get its height. No cookie is set, nothing is kept, and no other server is asked. What a page may rely on: data-form, data-locale, the
// class stele-form, the part form, and the event stele:sent.
(() => {
  const script = document.currentScript;
  const home = new URL(script.src).origin;
  const own = ":host { display: block } .content { min-height: 0; border-radius: var(--radius) } .content .columns { max-width: none }";

  // After it is sent: a dialog that holds it closes, and the page goes where the form leads.
  const sent = (at, { id, redirect, close }) => {
    at.dispatchEvent(new CustomEvent("stele:sent", { bubbles: true, detail: { form: id } }));
    if (close) at.closest("dialog")?.close();
    if (redirect && /^(https?:|\/)/.test(redirect)) location.assign(redirect);
  };

  // Of several such scripts on a page one listens to frames.
  const heard = Symbol.for(`stele:${home}`);
  if (!window[heard]) {
    window[heard] = true;
    addEventListener("message", ({ origin, source, data }) => {
      const frame = origin === home && data?.stele === "form" && [...document.querySelectorAll("iframe")].find(one => one.contentWindow === source);
      if (!frame) return;
      if (data.height > 0) frame.style.height = `${Math.ceil(data.height)}px`;
      if (data.sent) sent(frame, { ...data, id: data.sent });
    });
  }

  // A form may ask for a little work before it is sent, in the way of ALTCHA: the number whose key begins as it says. That goes on from the first
  // touch of the form, so that there is seldom anything to wait for.
  const bytes = text => new TextEncoder().encode(text);
  const work = async input => {
    const { cost, salt, prefix, seal } = input.dataset;
    for (let number = 0; number < 5_000; number++) {
      const key = await crypto.subtle.importKey("raw", bytes(String(number)), "PBKDF2", false, ["deriveBits"]);
      const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: Number(cost) }, key, 256);
      const found = [...new Uint8Array(bits)].map(byte => byte.toString(16).padStart(2, "0")).join("");
      if (found.startsWith(prefix)) return void (input.value = `${seal}.${found}`);
    }
  };
  const works = new WeakMap();
  const done = input => works.get(input) ?? works.set(input, work(input)).get(input);
  const asked = form => form?.querySelector("[data-seal]");
  const begin = ({ target }) => { const input = crypto.subtle && asked(target.form); if (input) done(input); };
  // What the pressed button still has to wait for: whoever turns a page waits for nothing.
  const lacks = (form, button) => { const input = !button?.name && asked(form); return input && !input.value ? input : null; };
  // Waits for it, and says so. Whether it is there: pages without https have nothing to do it with.
  const finish = async (form, input) => {
    const note = form.querySelector(".form-work"), { said, needs } = note.dataset;
    note.textContent = crypto.subtle ? said : needs;
    if (!crypto.subtle) return false;
    await done(input);
    note.textContent = "";
    return true;
  };

  const { form: id, locale } = script.dataset;
  if (script.dataset.work) {
    document.addEventListener("focusin", begin);
    document.addEventListener("submit", async event => {
      const { target: form, submitter } = event, input = lacks(form, submitter);
      if (!input) return;
      event.preventDefault();
      if (await finish(form, input)) form.requestSubmit(submitter);
    });
  }
  if (!id) return;
  const address = new URL(`/f/${id}`, home);
  if (locale) address.searchParams.set("locale", locale);
  const host = Object.assign(document.createElement("div"), { className: "stele-form" });
  const root = host.attachShadow({ mode: "open" });
  const box = Object.assign(document.createElement("div"), { className: "content" });
  box.setAttribute("part", "form");
  root.append(box);
  script.after(host);

  // The properties of a branding are those of the page elsewhere; here they are the form's. Fonts are known to whole pages alone.
  const styled = async addresses => {
    const texts = await Promise.all(addresses.map(async one => (await fetch(one, { credentials: "omit" })).text()));
    const css = texts.join("\n").replaceAll(":root", ":host").replaceAll('url("/', `url("${home}/`);
    const sheet = text => { const made = new CSSStyleSheet(); made.replaceSync(text); return made; };
    root.adoptedStyleSheets = [sheet(css), sheet(own)];
    const fonts = css.match(/@font-face\s*{[^}]*}/g);
    if (fonts) document.adoptedStyleSheets.push(sheet(fonts.join("\n")));
  };

  const ask = async options => {
    const asked = new URL(address);
    asked.searchParams.set("part", "");
    const answer = await fetch(asked, { credentials: "omit", ...options });
    const reply = await answer.json();
    if (typeof reply.html !== "string") throw new Error(String(answer.status));
    return reply;
  };

  let offline = "";
  const draw = reply => {
    offline = reply.offline;
    box.lang = reply.language;
    box.innerHTML = reply.html;
  };

  // What was typed stands in the page until the server has answered, whatever becomes of the connection.
  const send = async (form, button) => {
    form.setAttribute("aria-busy", "true");
    try {
      const input = lacks(form, button);
      if (input && !await finish(form, input)) return;
      const data = new FormData(form);
      if (button?.name) data.append(button.name, button.value);
      const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
      const reply = await ask({ method: "POST", body });
      draw(reply);
      const focus = box.querySelector("[autofocus]") ?? box;
      focus.tabIndex = -1;
      focus.focus();
      host.scrollIntoView({ block: "nearest" });
      if (reply.sent) sent(host, { id, redirect: reply.redirect, close: reply.closeDialog });
    } catch {
      form.querySelector(".form-offline")?.remove();
      const note = Object.assign(document.createElement("p"), { className: "form-summary form-offline", textContent: offline });
      note.setAttribute("role", "alert");
      form.append(note);
    } finally {
      form.removeAttribute("aria-busy");
    }
  };

  root.addEventListener("focusin", begin);
  root.addEventListener("submit", event => {
    event.preventDefault();
    if (event.target.getAttribute("aria-busy") !== "true") send(event.target, event.submitter);
  });
  // What is wrong leads to its field, which the address of the page cannot do in here. To fill it in once more is to draw it anew.
  root.addEventListener("click", event => {
    const link = event.target.closest("a");
    const field = link?.getAttribute("href").startsWith("#") && root.getElementById(link.hash.slice(1));
    if (field) {
      event.preventDefault();
      field.focus();
    } else if (link?.href === address.href.split("?")[0]) {
      event.preventDefault();
      ask().then(draw, () => location.assign(link.href));
    }
  });

  ask().then(async reply => { await styled(reply.styles); draw(reply); }).catch(() => {
    box.append(Object.assign(document.createElement("a"), { href: address.href, textContent: script.dataset.title || address.href }));
  });
})();
