// `<x-import>`: upload, guessed mapping, dry run, import with progress.
//
// POST /import (multipart `entity`, `file`, `mapping`, `dry_run`) and GET /import/{id} both answer
// `{ id, state, rows, done, created, updated, unchanged, notes, errors: [{ row, field, message }],
// columns: [{ column, field, samples }], fields: [{ name, label, required }] }`.
import { $, $$, el, icon } from './dom.js';
import { getJson, postJson } from './http.js';
import { visit } from './navigation.js';
import { toastFailure } from './toast.js';

/** How often progress is asked for, in milliseconds. */
const POLL = 700;
/** Errors shown at once; the count says how many there are. */
const SHOWN_ERRORS = 100;

class Import extends HTMLElement {
  connectedCallback() {
    if (this.form) return;
    this.form = $('form', this);
    this.file = $('input[type=file]', this);
    this.file.addEventListener('change', () => this.check({ guess: true }));
    $('[name=entity]', this).addEventListener('change', () => this.file.files[0] && this.check({ guess: true }));
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.run();
    });
    this.addEventListener('change', (event) => {
      if (event.target.matches('[data-column-name]')) this.check({ guess: false });
    });
    this.drop();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  drop() {
    const zone = $('[data-drop]', this);
    const over = (event) => {
      event.preventDefault();
      zone.classList.toggle('over', event.type === 'dragover');
    };
    for (const type of ['dragover', 'dragleave', 'drop']) zone.addEventListener(type, over);
    zone.addEventListener('drop', (event) => {
      this.file.files = event.dataTransfer.files;
      this.check({ guess: true });
    });
  }

  body(dryRun, guess) {
    const body = new FormData();
    body.set('entity', $('[name=entity]', this).value);
    body.set('file', this.file.files[0]);
    body.set('dry_run', String(dryRun));
    if (!guess) body.set('mapping', JSON.stringify(this.mapping()));
    return body;
  }

  mapping() {
    const chosen = $$('[data-column-name]', this).filter((select) => select.value);
    return Object.fromEntries(chosen.map((select) => [select.dataset.columnName, select.value]));
  }

  async check({ guess }) {
    if (!this.file.files[0]) return;
    $('[data-file-name]', this).textContent = this.file.files[0].name;
    await this.send(this.body(true, guess), (answer) => {
      if (guess) this.showMapping(answer);
      this.step('mapping');
      this.showResult(answer, false);
    });
  }

  async run() {
    await this.send(this.body(false, false), (answer) => {
      this.step('result');
      this.showResult(answer, true);
    });
  }

  /** Sends, then asks for progress until the work has ended. Only the latest of several is shown. */
  async send(body, show) {
    const sent = Symbol('sent');
    this.latest = sent;
    const current = () => this.latest === sent && this.isConnected;
    this.busy(true);
    try {
      let answer = await postJson('/import', body);
      while (answer.state === 'running' && current()) {
        this.progress(answer);
        await new Promise((resolve) => (this.timer = setTimeout(resolve, POLL)));
        answer = await getJson(`/import/${encodeURIComponent(answer.id)}`);
      }
      if (current()) show(answer);
    } catch (error) {
      if (current()) toastFailure(error);
    } finally {
      if (current()) this.busy(false);
    }
  }

  busy(busy) {
    this.setAttribute('aria-busy', String(busy));
    $('[data-run]', this).disabled = busy || !this.ready;
    $('progress', this).hidden = !busy;
    if (busy) $('progress', this).removeAttribute('value');
  }

  progress({ rows, done }) {
    const bar = $('progress', this);
    if (!rows) return;
    bar.max = rows;
    bar.value = done ?? 0;
    $('[data-progress]', this).textContent = `${done ?? 0} of ${rows} rows`;
  }

  step(name) {
    for (const item of $$('.steps li', this)) {
      const order = ['upload', 'mapping', 'result'];
      const [at, now] = [order.indexOf(item.dataset.step), order.indexOf(name)];
      item.className = at < now ? 'done' : at === now ? 'now' : '';
      if (at === now) item.setAttribute('aria-current', 'step');
      else item.removeAttribute('aria-current');
    }
    $('[data-part=mapping]', this).hidden = name === 'upload' || $('[data-mapping]', this).rows.length === 0;
  }

  showMapping({ columns, fields }) {
    const rows = columns.map(({ column, field, samples = [] }) => {
      const select = el('select', 'select');
      select.dataset.columnName = column;
      select.setAttribute('aria-label', `Field for ${column}`);
      select.append(new Option('Do not import', '', false, !field));
      for (const one of fields) select.append(new Option(one.label + (one.required ? ' *' : ''), one.name, false, one.name === field));
      const sample = el('td', 'soft', samples.slice(0, 3).join(' · '));
      return el('tr', '', el('th', '', column), el('td', '', select), sample);
    });
    $('[data-mapping]', this).replaceChildren(...rows);
  }

  showResult(answer, imported) {
    const { errors = [], notes = [] } = answer;
    this.ready = !imported && errors.length === 0;
    const run = $('[data-run]', this);
    run.textContent = answer.rows > 0 ? `Import ${answer.rows} ${answer.rows === 1 ? 'row' : 'rows'}` : 'Import';
    run.hidden = imported && errors.length === 0;
    $('[data-progress]', this).textContent = '';
    $('[data-result]', this).replaceChildren(
      this.summary(answer, imported),
      ...notes.map((note) => el('p', 'soft', note)),
      ...(errors.length > 0 ? [errorTable(errors)] : []),
    );
    if (imported && errors.length === 0) $('[data-result]', this).append(this.open());
  }

  summary({ rows, created, updated, unchanged, errors = [] }, imported) {
    if (errors.length > 0) {
      const problems = errors.length === 1 ? '1 problem' : `${errors.length} problems`;
      // A file that cannot be read has no rows yet.
      const where = rows > 0 ? ` in ${rows} ${rows === 1 ? 'row' : 'rows'}` : '';
      return banner('danger', 'circle-alert', `${problems}${where}. Nothing was imported.`);
    }
    const verb = imported ? '' : ' to be';
    const text = `${created}${verb} created, ${updated}${verb} updated, ${unchanged} unchanged.`;
    const nothing = created === 0 && updated === 0;
    if (nothing) return banner('info', 'info', `Nothing ${imported ? 'changed' : 'to change'}: all ${unchanged} rows are already here.`);
    return banner('success', 'circle-check', imported ? `Imported. ${text}` : `No problems found. ${text}`);
  }

  open() {
    const option = $('[name=entity]', this).selectedOptions[0];
    const button = el('button', 'btn btn-primary', `Open ${option.textContent.trim().toLowerCase()}`);
    button.type = 'button';
    button.addEventListener('click', () => visit(option.dataset.url));
    return el('p', '', button);
  }
}

function banner(tone, image, text) {
  const box = el('div', `banner ${tone}`, icon(image), el('div', '', el('b', '', text)));
  box.setAttribute('role', tone === 'danger' ? 'alert' : 'status');
  return box;
}

function errorTable(errors) {
  const head = el('tr', '', ...['Row', 'Field', 'Problem'].map((text) => {
    const cell = el('th', '', text);
    cell.scope = 'col';
    return cell;
  }));
  const rows = errors.slice(0, SHOWN_ERRORS).map(({ row, field, message }) =>
    el('tr', '', el('td', 'num', String(row)), el('td', '', field ?? '–'), el('td', 'wrap', message)));
  const table = el('table', 'tbl plain', el('thead', '', head), el('tbody', '', ...rows));
  const more = errors.length - SHOWN_ERRORS;
  return el('div', 'tbl-box', table, more > 0 ? el('p', 'soft', `and ${more} more`) : null);
}

customElements.define('x-import', Import);
