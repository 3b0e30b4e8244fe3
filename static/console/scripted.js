// Tells the stylesheet that the modules run: what it shows to those without a script goes, what needs one comes.
document.documentElement.classList.add("js");

// What is wrong with a form is said by the server, in the reader's language and beside its field; the browser would say it in its own. A
// form in which each choice must be made first, or which no server reads (`data-native`), keeps that.
addEventListener("click", event => {
  const form = event.target.closest?.("button, input")?.form;
  if (form && !form.matches("[data-native]")) form.noValidate = true;
}, true);
