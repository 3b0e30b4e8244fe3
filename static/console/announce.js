// One polite live region for everything that has no other words on the page.
import { $ } from "./dom.js";

const voice = Object.assign(document.createElement("p"), { className: "sr-only", role: "status" });

export const announce = words => {
  ($("dialog:modal") ?? document.body).append(voice); // outside of an open dialog nobody would hear it
  voice.textContent = words;
};
