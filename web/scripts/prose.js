// The assistant's prose as elements: paragraphs, lists and bold. Text stays text; nothing becomes
// markup, whatever a record's name contains.
import { el } from './dom.js';

const ITEM = /^\s*[-*] /;

/** The elements of a text with blank lines between paragraphs, `- ` before list items, `**bold**`. */
export function prose(text) {
  return text.split(/\n{2,}/).flatMap((block) => runs(block.split('\n').filter((line) => line.trim())).map(element));
}

/** Neighbouring lines of one kind: a list may follow its sentence without a blank line. */
function runs(lines) {
  const found = [];
  for (const line of lines) {
    const run = found.at(-1);
    if (run && ITEM.test(run[0]) === ITEM.test(line)) run.push(line);
    else found.push([line]);
  }
  return found;
}

function element(lines) {
  if (ITEM.test(lines[0])) return el('ul', '', ...lines.map((line) => el('li', '', ...inline(line.replace(ITEM, '')))));
  const parts = lines.flatMap((line, index) => (index > 0 ? [el('br'), ...inline(line)] : inline(line)));
  return el('p', '', ...parts);
}

/** An opening `**` without its end is not bold yet: it may still be on its way. */
function inline(text) {
  const parts = text.split('**');
  return parts.map((part, index) => (index % 2 === 1 && index < parts.length - 1 ? el('b', '', part) : part));
}
