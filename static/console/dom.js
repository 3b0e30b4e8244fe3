// Finding elements, and acting on the events of those that match a selector, now or later.
export const $ = (selector, from = document) => from.querySelector(selector);
export const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
export const on = (type, selector, act) => document.addEventListener(type, event => {
  const hit = event.target.closest?.(selector);
  if (hit) act(hit, event);
});
export const parsed = text => new DOMParser().parseFromString(text, "text/html");
