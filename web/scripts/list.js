// Lists: selection with ranges, the bulk bar, shown columns, a row cursor for the keyboard.
// Sorting, filters, search and pages are links and a GET form; the URL holds all of it.
import { $, $$, isTyping, on } from './dom.js';
import { visit } from './navigation.js';
import { remember } from './preferences.js';

let lastClicked = null;
let cursor = -1;

const rows = () => $$('#list tbody tr');
const boxes = () => $$('#list tbody .check');

function showSelection() {
  const all = $('#list [data-select-page]');
  if (!all) return;
  const chosen = boxes().filter((box) => box.checked).length;
  all.checked = chosen > 0 && chosen === boxes().length;
  all.indeterminate = chosen > 0 && !all.checked;
  const bar = $('#list .bulk');
  if (!bar) return;
  bar.hidden = chosen === 0;
  $('[data-selected]', bar).textContent = chosen;
  const rest = $('[data-select-view]', bar);
  if (rest) rest.hidden = !all.checked;
  $('[name=all]', bar).value = 'false';
}

function clearSelection() {
  for (const box of boxes()) box.checked = false;
  showSelection();
}

on('change', '#list [data-select-page]', (event, all) => {
  for (const box of boxes()) box.checked = all.checked;
  showSelection();
});

on('click', '#list tbody .check', (event, box) => {
  const every = boxes();
  const index = every.indexOf(box);
  if (event.shiftKey && lastClicked !== null) {
    const [from, to] = [Math.min(index, lastClicked), Math.max(index, lastClicked)];
    for (const between of every.slice(from, to + 1)) between.checked = box.checked;
  }
  lastClicked = index;
  showSelection();
});

on('click', '#list tbody tr[data-href]', (event, row) => {
  if (event.target.closest('a, button, input, label') || getSelection().toString()) return;
  if (event.metaKey || event.ctrlKey) window.open(row.dataset.href);
  else visit(row.dataset.href);
});

on('click', '#list [data-select-view]', (event, button) => {
  const bar = button.closest('.bulk');
  $('[data-selected]', bar).textContent = button.dataset.total;
  $('[name=all]', bar).value = 'true';
  button.hidden = true;
});

on('click', '#list [data-clear]', clearSelection);

// A file is no page to swap in: the browser's own submit keeps this page and saves the answer.
on('click', '#list [data-download]', (event, button) => {
  event.preventDefault();
  const { form } = button;
  const action = form.getAttribute('action');
  form.action = button.formAction;
  form.submit();
  form.setAttribute('action', action);
});

on('change', '[data-column]', (event, box) => {
  const list = $('#list');
  for (const cell of $$(`.c-${CSS.escape(box.dataset.column)}`, list)) cell.classList.toggle('col-hidden', !box.checked);
  const hidden = $$('[data-column]').filter((one) => !one.checked).map((one) => one.dataset.column);
  remember(`columns-${list.dataset.name}`, hidden.join('.'));
});

// A radio in a filter's menu is one press and done.
on('change', '.toolbar .menu input[type=radio]', (event, radio) => radio.closest('[popover]')?.hidePopover());

document.addEventListener('htmx:before:request', (event) => {
  if (event.detail?.ctx?.target?.id === 'list') $('#list')?.classList.add('loading');
});
document.addEventListener('htmx:after:swap', () => {
  cursor = -1;
  lastClicked = null;
  $('#list')?.classList.remove('loading');
  showSelection();
});

function moveCursor(step) {
  const every = rows();
  every[cursor]?.classList.remove('cursor');
  cursor = Math.max(0, Math.min(every.length - 1, cursor + step));
  const row = every[cursor];
  if (!row) return;
  row.classList.add('cursor');
  row.scrollIntoView({ block: 'nearest' });
  $('.id', row)?.focus({ preventScroll: true });
}

document.addEventListener('keydown', (event) => {
  if (!$('#list') || event.metaKey || event.ctrlKey || event.altKey || isTyping(event) || $('dialog[open]')) return;
  if (event.key === 'j') moveCursor(1);
  else if (event.key === 'k') moveCursor(-1);
  else if (event.key === 'Escape') clearSelection();
  else if (event.key === 'x' && rows()[cursor]) {
    const box = $('.check', rows()[cursor]);
    box.checked = !box.checked;
    showSelection();
  }
});
