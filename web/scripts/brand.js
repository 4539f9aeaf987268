// `<x-brand>`: shows in both themes what a colour makes of the app. The server computes the shades,
// so that the preview and the real style sheet cannot differ.
import { $, el, icon } from './dom.js';
import { getJson } from './http.js';

/** How long to wait for the next change of colour, in milliseconds. */
const PAUSE = 80;

class Brand extends HTMLElement {
  connectedCallback() {
    if (this.sheet) return;
    this.sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.sheet];
    this.picker = $('input[type=color]', this);
    this.hex = $('input:not([type=color])', this);
    this.picker.addEventListener('input', () => this.change(this.picker.value));
    this.hex.addEventListener('input', () => this.change(this.hex.value));
    this.change(this.hex.value);
  }

  disconnectedCallback() {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet);
    this.sheet = null;
  }

  change(typed) {
    const color = /^#?([0-9a-f]{6})$/i.exec(typed.trim())?.[1];
    if (!color) return;
    this.picker.value = `#${color.toLowerCase()}`;
    if (document.activeElement !== this.hex) this.hex.value = `#${color.toUpperCase()}`;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.preview(color), PAUSE);
  }

  /** The answer: `{ css, checks: [{ ok, text }] }`. */
  async preview(color) {
    this.request?.abort();
    this.request = new AbortController();
    try {
      const { css, checks } = await getJson(`/settings/branding/preview?color=${color}`, { signal: this.request.signal });
      this.sheet?.replaceSync(css.replaceAll(':root', 'x-brand'));
      $('[data-checks]', this).replaceChildren(...checks.map(check));
    } catch (error) {
      if (error.name !== 'AbortError') $('[data-checks]', this).replaceChildren(el('li', '', 'The preview is not available now.'));
    }
  }
}

function check({ ok, text }) {
  return el('li', ok ? '' : 'no', ok ? icon('check', 'icon-sm') : icon('info', 'icon-sm'), text);
}

customElements.define('x-brand', Brand);

// Choosing a logo sends its form at once.
document.addEventListener('change', (event) => {
  if (event.target.matches?.('input[data-send-on-choice]')) event.target.form.requestSubmit();
});
