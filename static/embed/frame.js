// A form in a frame tells the page around it how high it is, and when it was sent. What is told is nobody's secret, so any page may hear it.
const { sent, redirect, close } = document.currentScript.dataset;
const main = document.querySelector("main");
// What stands above the form, such as a logo, is part of its height.
const height = () => main.getBoundingClientRect().bottom + scrollY;
const tell = more => parent.postMessage({ stele: "form", height: height(), ...more }, "*");

// A page is at least as high as its window, which is what the height of the frame follows.
main.style.minHeight = "0";
// What leads away opens beside the form: what was typed stays.
for (const link of document.links) if (!link.getAttribute("href").startsWith("#") && link.origin !== location.origin) Object.assign(link, { target: "_blank", rel: "noopener" });
new ResizeObserver(() => tell()).observe(document.body);
addEventListener("load", () => tell());
if (sent) tell({ sent, redirect, close: !!close });
