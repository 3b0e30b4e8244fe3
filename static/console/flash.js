// What has just been done is told in a corner for a while: long enough to be read, and as long as the pointer or the focus is on it.
import { $ } from "./dom.js";

const told = $(".flash"), LONG_ENOUGH = 12_000;
const leave = () => told.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : told.remove();
if (told) setTimeout(leave, LONG_ENOUGH);
