// The command palette: pages, actions and the tenant's records behind one field.
import { $, $$, el, hasCommandKey, icon, on } from './dom.js';
import { getJson } from './http.js';
import { visit } from './navigation.js';
import { toggleTheme } from './preferences.js';
import { toggleAssistant } from './shell.js';

const dialog = $('#palette');
const field = dialog && $('input', dialog);
const list = $('#palette-list');

/** What the search calls a collection, and its icon. */
const COLLECTIONS = {
  'purchase-orders': { label: 'Orders', icon: 'shopping-cart' },
  suppliers: { label: 'Suppliers', icon: 'building-2' },
  customers: { label: 'Customers', icon: 'users' },
  products: { label: 'Products', icon: 'package' },
  'product-categories': { label: 'Categories', icon: 'tags' },
  'goods-receipts': { label: 'Goods receipts', icon: 'package-check' },
  'journal-entries': { label: 'Journal entries', icon: 'book-open' },
  warehouses: { label: 'Warehouses', icon: 'warehouse' },
  accounts: { label: 'Accounts', icon: 'landmark' },
};
const OTHER = { label: 'Records', icon: 'file-text' };

let options = [];
let selected = 0;
let searching = null;

export const isPaletteOpen = () => Boolean(dialog?.open);

export function closePalette() {
  dialog?.close();
}

export function openPalette() {
  if (!dialog || dialog.open) return;
  field.value = '';
  dialog.showModal();
  search();
}

/** Pages come from the navigation and actions from the create menu, so only what exists is offered. */
function commands() {
  const create = $$('#m-create a').map((link) => entry('Create', link));
  const pages = $$('.side .nav a').map((link) => entry('Go to', link, link.dataset.go ? `G ${link.dataset.go.toUpperCase()}` : ''));
  const others = [
    { group: 'Do', title: 'Ask the assistant', icon: 'sparkles', hint: '⌘J', run: toggleAssistant },
    { group: 'Do', title: 'Switch theme', icon: 'moon', hint: '', run: toggleTheme },
  ];
  return [...create, ...pages, ...others];
}

function entry(group, link, hint = '') {
  const name = $('use', link)?.getAttribute('href')?.split('#')[1] ?? 'file-text';
  return { group, title: link.dataset.label ?? link.textContent.trim(), icon: name, hint, url: link.getAttribute('href') };
}

async function search() {
  const query = field.value.trim();
  const wanted = query.toLowerCase();
  const matching = commands().filter((command) => command.title.toLowerCase().includes(wanted));
  draw(matching, query);
  select(0);
  searching?.abort();
  if (query.length < 2) return;
  searching = new AbortController();
  try {
    const { data } = await getJson(`/search?q=${encodeURIComponent(query)}`, { signal: searching.signal });
    if (field.value.trim() === query) drawLate([...data.map(record), ...matching], query);
  } catch {
    // The commands stay usable when the search is not; a newer query aborts an older one.
  }
}

/** What comes late leaves the chosen entry chosen, wherever it now stands: Enter runs what people saw. */
function drawLate(entries, query) {
  const chosen = options[selected];
  draw(entries, query);
  select(chosen ? options.findIndex((one) => isSame(one, chosen)) : 0);
}

function isSame(one, other) {
  return one.group === other.group && one.title === other.title && one.url === other.url;
}

function record(found) {
  const collection = COLLECTIONS[found.type] ?? OTHER;
  return { group: collection.label, title: found.title, icon: collection.icon, hint: found.subtitle ?? '', url: found.url };
}

function draw(entries, query) {
  list.replaceChildren();
  options = [];
  let group = null;
  for (const one of sorted(entries)) {
    if (one.group !== group) {
      group = one.group;
      const heading = el('div', 'grp', group);
      heading.setAttribute('role', 'presentation');
      list.append(heading);
    }
    list.append(option(one, query));
  }
  if (options.length === 0) {
    list.append(el('div', 'empty', el('h2', '', 'No results'), el('p', '', 'Try an order number, a supplier or a product.')));
  }
  list.setAttribute('role', options.length === 0 ? 'presentation' : 'listbox');
}

/** Keeps the server's order of groups and brings each group together. */
function sorted(entries) {
  const groups = [...new Set(entries.map(({ group }) => group))];
  return groups.flatMap((group) => entries.filter((one) => one.group === group));
}

function option(one, query) {
  const row = el('div', '', icon(one.icon), marked(one.title, query));
  row.setAttribute('role', 'option');
  row.setAttribute('aria-selected', 'false');
  row.id = `palette-${options.length}`;
  if (one.hint) row.append(el('span', 'hint num', one.hint));
  options.push({ row, ...one });
  return row;
}

function marked(text, query) {
  const at = query ? text.toLowerCase().indexOf(query.toLowerCase()) : -1;
  if (at < 0) return el('span', 'title', text);
  const end = at + query.length;
  return el('span', 'title', text.slice(0, at), el('mark', '', text.slice(at, end)), text.slice(end));
}

function select(index) {
  options[selected]?.row.setAttribute('aria-selected', 'false');
  selected = Math.max(0, Math.min(options.length - 1, index));
  const chosen = options[selected];
  if (!chosen) return field.removeAttribute('aria-activedescendant');
  chosen.row.setAttribute('aria-selected', 'true');
  chosen.row.scrollIntoView({ block: 'nearest' });
  field.setAttribute('aria-activedescendant', chosen.row.id);
}

function run(inNewTab) {
  const chosen = options[selected];
  if (!chosen) return;
  closePalette();
  if (chosen.run) chosen.run();
  else if (inNewTab) window.open(chosen.url);
  else visit(chosen.url);
}

if (dialog) {
  on('click', '[data-open-palette]', openPalette);
  field.addEventListener('input', search);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') select(selected + 1);
    else if (event.key === 'ArrowUp') select(selected - 1);
    else if (event.key === 'Enter') run(hasCommandKey(event));
    else return;
    event.preventDefault();
  });
  list.addEventListener('mousemove', (event) => {
    const index = options.findIndex(({ row }) => row === event.target.closest('[role=option]'));
    if (index >= 0 && index !== selected) select(index);
  });
  list.addEventListener('click', (event) => {
    if (event.target.closest('[role=option]')) run(hasCommandKey(event));
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) closePalette();
  });
}
