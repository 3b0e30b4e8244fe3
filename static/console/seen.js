// What is shown beside the list has been seen: it is marked as read, without leaving the page.
import { $ } from "./dom.js";

const form = $("form[data-seen]");
if (form) fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" })
  .then(() => $(".chosen .unread")?.classList.remove("unread"))
  .catch(() => {}); // it is unread still, and is marked the next time
