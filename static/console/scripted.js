// Tells the stylesheet that the modules run: what it shows to those without a script goes, what needs one comes.
document.documentElement.classList.add("js");
