// The list under a typeahead field: fetches, shows, moves and chooses. Used by link fields and by
// the product cells of a document's lines.
import { $$, el } from './dom.js';
import { getJson } from './http.js';

/** How long to wait for the next letter, in milliseconds. */
const PAUSE = 120;

let count = 0;

export class Combobox {
  /** `render(item)` answers the children of an option; `choose(input, item)` takes the chosen one. */
  constructor(host, { label, url, render, choose }) {
    Object.assign(this, { host, label, url, render, choose, items: [], input: null, timer: 0, request: null });
    this.list = el('div', 'combo-list');
    this.list.id = `combo-${(count += 1)}`;
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', label);
    this.list.popover = 'manual';
    this.list.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      const index = $$('[role=option]', this.list).indexOf(event.target.closest('[role=option]'));
      if (index >= 0) this.take(index);
    });
  }

  get isOpen() {
    return this.list.isConnected && this.list.matches(':popover-open');
  }

  /** Looks up what is typed, after a short pause. */
  search(input, { atOnce = false } = {}) {
    this.input = input;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fetch(input), atOnce ? 0 : PAUSE);
  }

  async fetch(input) {
    const query = input.value.trim();
    this.request?.abort();
    this.request = new AbortController();
    try {
      const separator = this.url.includes('?') ? '&' : '?';
      const { data } = await getJson(`${this.url}${separator}q=${encodeURIComponent(query)}`, { signal: this.request.signal });
      if (input.value.trim() === query && input === document.activeElement) this.show(data);
    } catch (error) {
      if (error.name !== 'AbortError') this.close();
    }
  }

  show(items) {
    this.items = items;
    if (items.length === 0) {
      const none = el('div', 'none', 'Nothing found');
      none.setAttribute('role', 'option');
      none.setAttribute('aria-disabled', 'true');
      this.list.replaceChildren(none);
    } else {
      this.list.replaceChildren(...items.map((item, index) => this.option(item, index)));
    }
    if (!this.list.isConnected) this.host.append(this.list);
    if (!this.isOpen) this.list.showPopover();
    this.place();
    this.input.setAttribute('aria-expanded', 'true');
    this.input.setAttribute('aria-controls', this.list.id);
    this.select(0);
  }

  option(item, index) {
    const option = el('div', '', ...this.render(item));
    option.setAttribute('role', 'option');
    option.id = `${this.list.id}-${index}`;
    return option;
  }

  place() {
    const field = this.input.getBoundingClientRect();
    const height = this.list.offsetHeight;
    const below = field.bottom + 4 + height < innerHeight || field.top < height;
    this.list.style.left = `${Math.max(12, Math.min(field.left, innerWidth - this.list.offsetWidth - 12))}px`;
    this.list.style.top = `${below ? field.bottom + 4 : field.top - height - 4}px`;
  }

  select(index) {
    const options = $$('[role=option]:not([aria-disabled])', this.list);
    if (options.length === 0) return this.input.removeAttribute('aria-activedescendant');
    this.selected = (index + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute('aria-selected', String(at === this.selected)));
    options[this.selected].scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', options[this.selected].id);
  }

  take(index) {
    const item = this.items[index];
    const { input } = this;
    this.close();
    if (item) this.choose(input, item);
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    if (this.isOpen) this.list.hidePopover();
    this.input?.setAttribute('aria-expanded', 'false');
    this.input?.removeAttribute('aria-activedescendant');
  }

  /** Answers whether the key was for the list. */
  key(event) {
    if (!this.isOpen) return false;
    if (event.key === 'ArrowDown') this.select(this.selected + 1);
    else if (event.key === 'ArrowUp') this.select(this.selected - 1);
    else if (event.key === 'Enter' && this.items.length > 0) this.take(this.selected);
    else if (event.key === 'Tab' && this.items.length > 0) {
      this.take(this.selected);
      return false;
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      this.close();
    } else return false;
    event.preventDefault();
    return true;
  }
}
