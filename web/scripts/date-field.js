// `<x-date>`: a text field for a date, with a calendar behind its button. The field keeps its text:
// the server reads the same forms, so it works before this script has loaded.
import { $, el, icon } from './dom.js';
import { addDays, addMonths, formatDate, monthTitle, parseDate, spokenDate, today, weekdays } from './date.js';

class DateField extends HTMLElement {
  connectedCallback() {
    if (this.input) return;
    this.input = $('input', this);
    this.button = $('button', this);
    this.input.addEventListener('blur', () => this.tidy());
    this.input.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown' && event.altKey) {
        event.preventDefault();
        this.open();
      } else if (event.key === 'Enter') this.tidy();
    });
    this.button?.addEventListener('click', () => (this.isOpen ? this.close() : this.open()));
  }

  get isOpen() {
    return Boolean(this.calendar?.matches(':popover-open'));
  }

  /** Writes a date that was understood the way the tenant writes it; leaves anything else alone. */
  tidy() {
    const date = parseDate(this.input.value);
    if (date) this.input.value = formatDate(date);
    const wrong = this.input.value.trim() !== '' && !date;
    this.input.setCustomValidity(wrong ? `Write a date, for example ${formatDate(today())} or +7` : '');
    if (wrong) this.input.setAttribute('aria-invalid', 'true');
    else this.input.removeAttribute('aria-invalid');
  }

  open() {
    this.shown = parseDate(this.input.value) ?? today();
    if (!this.calendar) this.build();
    this.calendar.showPopover();
    this.draw();
    this.place();
    $('[data-day][tabindex="0"]', this.calendar).focus();
  }

  close() {
    if (this.isOpen) this.calendar.hidePopover();
  }

  build() {
    this.calendar = el('div', 'calendar');
    this.calendar.popover = 'auto';
    this.calendar.setAttribute('role', 'dialog');
    this.calendar.setAttribute('aria-label', `Choose ${this.dataset.label ?? 'a date'}`);
    this.calendar.addEventListener('click', (event) => this.click(event));
    this.calendar.addEventListener('keydown', (event) => this.key(event));
    this.append(this.calendar);
  }

  draw() {
    const title = el('b', '', monthTitle(this.shown));
    title.setAttribute('aria-live', 'polite');
    const head = el('header', '', this.step(-1, 'chevron-left', 'Previous month'), title, this.step(1, 'chevron-right', 'Next month'));
    const names = el('tr', '', ...weekdays().map(({ short, long }) => {
      const cell = el('th', '', short);
      cell.abbr = long;
      cell.scope = 'col';
      return cell;
    }));
    const table = el('table', '', el('thead', '', names), el('tbody', '', ...this.weeks()));
    this.calendar.replaceChildren(head, table);
  }

  step(months, image, label) {
    const button = el('button', 'btn btn-ghost btn-icon btn-sm', icon(image));
    button.type = 'button';
    button.dataset.months = months;
    button.setAttribute('aria-label', label);
    return button;
  }

  weeks() {
    const first = addDays(this.shown, 1 - this.shown.getUTCDate());
    const start = addDays(first, -((first.getUTCDay() + 6) % 7));
    const count = Math.ceil(((first.getUTCDay() + 6) % 7 + addDays(addMonths(first, 1), -1).getUTCDate()) / 7);
    return Array.from({ length: count }, (_, week) =>
      el('tr', '', ...Array.from({ length: 7 }, (_, day) => el('td', '', this.day(addDays(start, week * 7 + day))))));
  }

  day(date) {
    const button = el('button', '', String(date.getUTCDate()));
    button.type = 'button';
    button.dataset.day = date.toISOString().slice(0, 10);
    button.setAttribute('aria-label', spokenDate(date));
    button.tabIndex = date.getTime() === this.shown.getTime() ? 0 : -1;
    if (date.getTime() === today().getTime()) button.setAttribute('aria-current', 'date');
    if (date.getTime() === parseDate(this.input.value)?.getTime()) button.setAttribute('aria-pressed', 'true');
    button.classList.toggle('other', date.getUTCMonth() !== this.shown.getUTCMonth());
    return button;
  }

  place() {
    if (innerWidth < 900) return;
    const field = this.input.getBoundingClientRect();
    const height = this.calendar.offsetHeight;
    const below = field.bottom + 4 + height < innerHeight || field.top < height;
    this.calendar.style.left = `${Math.max(8, Math.min(field.left, innerWidth - this.calendar.offsetWidth - 8))}px`;
    this.calendar.style.top = `${below ? field.bottom + 4 : field.top - height - 4}px`;
  }

  click(event) {
    const step = event.target.closest('[data-months]');
    if (step) {
      const { months } = step.dataset;
      this.shown = addMonths(this.shown, Number(months));
      this.draw();
      $(`[data-months="${months}"]`, this.calendar).focus();
    }
    const day = event.target.closest('[data-day]');
    if (day) this.choose(parseDate(day.dataset.day));
  }

  choose(date) {
    this.input.value = formatDate(date);
    this.close();
    this.tidy();
    this.input.dispatchEvent(new Event('input', { bubbles: true }));
    this.input.dispatchEvent(new Event('change', { bubbles: true }));
    this.input.focus();
  }

  key(event) {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      this.input.focus();
      return;
    }
    if (!event.target.matches('[data-day]')) return;
    const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    const months = { PageUp: -1, PageDown: 1 }[event.key];
    if (!days && !months) return;
    event.preventDefault();
    this.shown = days ? addDays(this.shown, days) : addMonths(this.shown, months);
    this.draw();
    $('[data-day][tabindex="0"]', this.calendar).focus();
  }
}

customElements.define('x-date', DateField);
