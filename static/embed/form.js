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

  const { form: id, locale } = script.dataset;
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
    const data = new FormData(form);
    if (button?.name) data.append(button.name, button.value);
    const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
    form.setAttribute("aria-busy", "true");
    try {
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
