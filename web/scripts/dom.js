// The few DOM shorthands every module shares.

/** The first element that matches. */
export const $ = (selector, root = document) => root.querySelector(selector);

/** All elements that match, as an array. */
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** Listens on the document for events whose target lies in an element that matches. */
export function on(type, selector, handle) {
  document.addEventListener(type, (event) => {
    const match = event.target.closest?.(selector);
    if (match) handle(event, match);
  });
}

/** An element with a class and children; strings become text. */
export function el(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** An SVG element with attributes, appended to a parent when given. */
export function svg(tag, attributes = {}, parent = null) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  parent?.append(element);
  return element;
}

/** An icon of the sprite, by its name there. */
export function icon(name, className = '') {
  const image = svg('svg', { class: `icon ${className}`.trim(), 'aria-hidden': 'true' });
  svg('use', { href: `${meta('icons')}#${name}` }, image);
  return image;
}

/** The content of a `<meta>` of the page. */
export function meta(name) {
  return $(`meta[name="${name}"]`)?.content ?? '';
}

/** Whether the event comes from something the user types into. */
export function isTyping(event) {
  return Boolean(event.target.closest?.('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]'));
}

/** ⌘ on a Mac, Ctrl elsewhere. */
export function hasCommandKey(event) {
  return event.metaKey || event.ctrlKey;
}
