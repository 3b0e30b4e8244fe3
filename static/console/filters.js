// Filters apply when a choice is made; without a script the form has a button for it.
import { on } from "./dom.js";

on("change", ".filters select, form[data-auto] select", select => select.form.requestSubmit());
