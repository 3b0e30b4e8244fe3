// A name suggests its address until somebody types one.
import { $ } from "./dom.js";
import { fold } from "./fold.js";

document.addEventListener("input", ({ target }) => {
  const slug = target.id && target.form && $(`[data-slug-of="${CSS.escape(target.id)}"]`, target.form);
  if (!slug || (slug.value && slug.value !== slug.suggested)) return;
  slug.value = slug.suggested = fold(target.value).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60);
});
