// `<x-link>`: a field that points to another record. People type a code or a name; the form sends
// the record's id in a hidden input.
import { $, el } from './dom.js';
import { Combobox } from './combobox.js';

class LinkField extends HTMLElement {
  connectedCallback() {
    if (this.combobox) return;
    this.input = $('input[role=combobox]', this);
    this.hidden_ = $('input[type=hidden]', this);
    if (!this.input) return;
    this.chosen = this.input.value;
    this.combobox = new Combobox(this, {
      label: this.dataset.label,
      url: this.dataset.lookup,
      render: ({ code, name }) => [el('span', '', name, code ? el('small', '', code) : null)],
      choose: (input, item) => this.choose(item),
    });
    this.input.addEventListener('input', () => this.typed());
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.input.addEventListener('blur', () => this.left());
  }

  typed() {
    if (this.input.value.trim() === '') this.set('', '');
    this.combobox.search(this.input);
  }

  key(event) {
    if (this.combobox.key(event)) return;
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.combobox.search(this.input, { atOnce: true });
    }
  }

  /** Text that is no chosen record goes back to the last choice, so that what is shown is what is sent. */
  left() {
    this.combobox.close();
    if (this.input.value.trim() !== this.chosen) this.input.value = this.chosen;
  }

  choose(item) {
    this.set(item.id, item.name);
    this.dispatchEvent(new CustomEvent('chosen', { detail: item, bubbles: true }));
    this.input.dispatchEvent(new Event('change', { bubbles: true }));
  }

  set(id, text) {
    this.hidden_.value = id;
    this.input.value = text;
    this.chosen = text;
  }
}

customElements.define('x-link', LinkField);
