// A form that is on its way is not sent again by a second click.
import { on } from "./dom.js";

on("submit", "form[method=post]", (form, event) => {
  if (form.sent) event.preventDefault();
  form.sent = true;
  setTimeout(() => { form.sent = false; }, 5000);
});
