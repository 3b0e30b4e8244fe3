// Stele console. Every page works without these modules; they only make waiting and clicking shorter.
// One module per behaviour; its name says which. Those that are not named here are for the others alone.
import "./scripted.js";
import "./branding.js";
import "./contents.js";
import "./copy.js";
import "./dialog.js";
import "./editor/autosave.js";
import "./editor/found.js";
import "./editor/link.js";
import "./editor/markdown.js";
import "./editor/order.js";
import "./editor/preview.js";
import "./files/focal.js";
import "./files/pick.js";
import "./files/uploads.js";
import "./filters.js";
import "./flash.js";
import "./leaving.js";
import "./menu.js";
import "./palette.js";
import "./resume.js";
import "./secret.js";
import "./send-once.js";
import "./several.js";
import "./slug.js";
import "./tabs.js";
import "./tree.js";
