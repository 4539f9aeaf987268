// The assistant's prose as elements: paragraphs, lists and bold. Text stays text; nothing becomes
// markup, whatever a record's name contains.
import { el } from './dom.js';

/** The elements of a text with blank lines between paragraphs, `- ` before list items, `**bold**`. */
export function prose(text) {
  return text.split(/\n{2,}/).filter((block) => block.trim()).map(block);
}

function block(text) {
  const lines = text.split('\n').filter((line) => line.trim());
  if (lines.length > 0 && lines.every((line) => /^\s*[-*] /.test(line))) {
    return el('ul', '', ...lines.map((line) => el('li', '', ...inline(line.replace(/^\s*[-*] /, '')))));
  }
  const parts = lines.flatMap((line, index) => (index > 0 ? [el('br'), ...inline(line)] : inline(line)));
  return el('p', '', ...parts);
}

/** An opening `**` without its end is not bold yet: it may still be on its way. */
function inline(text) {
  const parts = text.split('**');
  return parts.map((part, index) => (index % 2 === 1 && index < parts.length - 1 ? el('b', '', part) : part));
}
