// What was typed before signing in leads on to its form, where it is looked at once more.
import { $ } from "./dom.js";
import "./send-once.js"; // before this form is sent

$("form[data-send]")?.requestSubmit();
