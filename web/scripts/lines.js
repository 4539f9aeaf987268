// `<x-lines>`: the lines of a document as a small spreadsheet.
//
// Enter goes to the next line or adds one, ↑ and ↓ keep the column, Alt+↑ and Alt+↓ move the line,
// ⌘⌫ deletes it with an Undo, and cells copied from a spreadsheet become lines. On a phone a line is
// a summary that opens on a press.
import { $, $$, el, hasCommandKey } from './dom.js';
import { Combobox } from './combobox.js';
import { formatPlain } from './decimal.js';
import { Sums } from './lines-sum.js';
import { toast } from './toast.js';
import { markUnsaved } from './unsaved.js';
import { parseClipboard } from './lines-paste.js';

class Lines extends HTMLElement {
  connectedCallback() {
    if (this.body) return;
    this.body = $('tbody', this);
    this.editable = this.hasAttribute('data-editable');
    if (!this.editable) return;
    this.sums = new Sums($('[data-totals]', this), {
      minorPlaces: this.dataset.minorPlaces,
      method: this.dataset.taxMethod,
      pattern: this.dataset.money,
    });
    this.combobox = new Combobox(this, {
      label: 'Products',
      url: this.dataset.lookup,
      render: (item) => this.offer(item),
      choose: (input, item) => this.choose(input, item),
    });
    this.listen();
    this.sortable();
    this.refresh();
  }

  listen() {
    this.addEventListener('input', (event) => {
      if (event.target.name === 'line_product') this.productTyped(event.target);
      this.refresh();
    });
    this.addEventListener('change', () => this.refresh());
    this.addEventListener('click', (event) => this.click(event));
    this.addEventListener('keydown', (event) => this.key(event));
    this.addEventListener('paste', (event) => this.paste(event));
    this.addEventListener('focusin', (event) => {
      if (event.target.matches('input.cell')) event.target.select();
    });
    this.addEventListener('focusout', (event) => {
      if (event.target.name === 'line_product') this.productLeft(event.target);
    });
  }

  async sortable() {
    const { default: Sortable } = await import('./sortable.js');
    if (this.isConnected) Sortable.create(this.body, { handle: '.handle', animation: 120, onEnd: () => this.changed() });
  }

  /** Shows totals, the count and the summaries of what is in the cells. */
  refresh() {
    const rows = [...this.body.rows];
    this.sums.update(rows);
    for (const row of rows) this.summarise(row);
    const count = $('[data-line-count]', this.closest('form') ?? document);
    if (count) count.textContent = rows.length;
  }

  summarise(row) {
    const value = (name) => $(`[name=${name}]`, row)?.value ?? '';
    const [product, amount, detail] = $('[data-expand]', row).children;
    const discount = value('line_discount_percent');
    const tax = $('[name=line_tax_id]', row).selectedOptions[0];
    const parts = [`${value('line_quantity') || 0} ${row.dataset.unit ?? ''} × ${value('line_unit_price') || 0}`];
    if (discount && discount !== '0') parts.push(`\u2212${discount} %`);
    if (tax?.value) parts.push(tax.textContent.trim());
    if (!value('line_product')) parts.splice(0, parts.length, 'Press to choose a product');
    setText(product, value('line_product') || 'New line');
    setText(amount, $('output', row).textContent);
    setText(detail, parts.join(' · ').replace(/\s+/g, ' '));
  }

  changed() {
    this.refresh();
    markUnsaved(this.closest('form'));
  }

  click(event) {
    if (event.target.closest('[data-add-line]')) this.add();
    const remove = event.target.closest('.del');
    if (remove) this.remove(remove.closest('tr'));
    const expand = event.target.closest('[data-expand]');
    if (expand) {
      this.expand(expand.closest('tr'));
      $('[name=line_quantity]', expand.closest('tr')).focus();
    }
  }

  expand(row) {
    for (const open of $$('tr.open', this)) open.classList.remove('open');
    row?.classList.add('open');
  }

  /** Appends a line, with the given values by input name; without values the cursor goes into it. */
  add(values = null) {
    this.body.append($('template', this).content.cloneNode(true));
    const row = this.body.lastElementChild;
    for (const [name, value] of Object.entries(values ?? {})) {
      const input = $(`[name=${name}]`, row);
      if (input) input.value = value;
    }
    if (!values) {
      this.expand(row);
      $('[name=line_product]', row).focus();
    }
    this.changed();
    return row;
  }

  remove(row) {
    const next = row.nextElementSibling;
    const neighbour = next ?? row.previousElementSibling;
    const name = $('[name=line_product]', row).value || 'Empty line';
    row.remove();
    this.changed();
    (neighbour ? $('[name=line_product]', neighbour) : $('[data-add-line]', this))?.focus();
    toast(`${name} removed`, {
      action: 'Undo',
      act: () => {
        this.body.insertBefore(row, next?.isConnected ? next : null);
        this.changed();
      },
    });
  }

  key(event) {
    const row = event.target.closest('tbody tr');
    if (!row || this.combobox.key(event)) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step && event.altKey) this.move(row, step, event.target);
    else if (step && event.target.matches('input')) this.focusBeside(row, step, event.target.name);
    else if (event.key === 'Enter' && event.target.matches('input')) {
      if (row.nextElementSibling) this.focusBeside(row, 1, event.target.name);
      else this.add();
    } else if (event.key === 'Backspace' && hasCommandKey(event)) this.remove(row);
    else return;
    event.preventDefault();
  }

  move(row, step, focused) {
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (step < 0) other.before(row);
    else other.after(row);
    focused.focus();
    this.changed();
  }

  focusBeside(row, step, name) {
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (other) $(`[name=${name}]`, other)?.focus();
  }

  productTyped(input) {
    $('[name=line_product_id]', input.closest('tr')).value = '';
    if (input.value.trim()) this.combobox.search(input);
    else this.combobox.close();
  }

  /** Text without a product behind it is marked: the server asks for it by name and may still find one. */
  productLeft(input) {
    this.combobox.close();
    const unknown = input.value.trim() !== '' && $('[name=line_product_id]', input.closest('tr')).value === '';
    input.classList.toggle('unmatched', unknown);
  }

  offer({ code, name, extra = {} }) {
    const stock = extra.stock === null || extra.stock === undefined ? '' : `${formatPlain(extra.stock)} in stock`;
    const detail = [code, stock].filter(Boolean).join(' · ');
    const price = extra.price ? el('span', 'p num', formatPlain(extra.price, Number(this.dataset.minorPlaces))) : null;
    return [el('span', '', name, detail ? el('small', '', detail) : null), price];
  }

  choose(input, { id, name, extra = {} }) {
    const row = input.closest('tr');
    const cell = (cellName) => $(`[name=${cellName}]`, row);
    input.value = name;
    input.classList.remove('unmatched');
    cell('line_product_id').value = id;
    if (extra.price) cell('line_unit_price').value = formatPlain(extra.price, Number(this.dataset.minorPlaces));
    if (extra.tax_id) cell('line_tax_id').value = extra.tax_id;
    row.dataset.unit = extra.unit ?? '';
    setText($('[data-unit]', row), extra.unit ?? '');
    if (!cell('line_quantity').value) cell('line_quantity').value = '1';
    this.changed();
    cell('line_quantity').focus();
  }

  paste(event) {
    const pasted = parseClipboard(event.clipboardData.getData('text/plain'));
    if (pasted.length === 0) return;
    event.preventDefault();
    const current = event.target.closest('tbody tr');
    for (const values of pasted) this.add(values);
    if (current && !$('[name=line_product]', current).value) current.remove();
    this.changed();
    toast(pasted.length === 1 ? '1 line pasted' : `${pasted.length} lines pasted`);
  }
}

function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

customElements.define('x-lines', Lines);
