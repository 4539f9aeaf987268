// The card of a proposal: what to check before it is written, and the three ways to answer it.
import { el, icon } from './dom.js';
import { postJson } from './http.js';
import { visit } from './navigation.js';
import { uncoverPage } from './shell.js';
import { toast, toastFailure } from './toast.js';
import { markUnsaved } from './unsaved.js';

/**
 * A proposal: `{ id, icon, title, subtitle?, preview: { fields, lines, amounts, total }, confirm_label, edit_url?, note }`.
 */
export function proposalCard(proposal) {
  const { preview = {} } = proposal;
  const card = el('section', 'act', header(proposal), lines(preview), footer(proposal));
  card.setAttribute('aria-label', proposal.title);
  card.addEventListener('click', (event) => {
    const pressed = event.target.closest('[data-answer]');
    if (pressed?.dataset.answer === 'edit') event.preventDefault();
    answer(card, proposal, pressed);
  });
  return card;
}

function header({ icon: name, title, subtitle }) {
  const text = el('div', '', el('h3', '', title), subtitle ? el('small', '', subtitle) : null);
  return el('header', '', el('span', 'ico', icon(name)), text);
}

function lines({ fields = [], lines: rows = [], amounts = [], total }) {
  const body = el('tbody', '');
  for (const { label, value } of fields) body.append(el('tr', 'fact', el('td', '', label), el('td', '', value)));
  for (const { label, value, detail } of rows) {
    const first = el('td', '', label, detail ? el('small', '', detail) : null);
    body.append(el('tr', '', first, el('td', '', value)));
  }
  const table = el('table', 'num', body);
  if (total) {
    const parts = amounts.map(({ label, value }) => el('tr', 'part', el('td', '', label), el('td', '', value)));
    table.append(el('tfoot', '', ...parts, el('tr', '', el('td', '', 'Total'), el('td', '', total))));
  }
  return table;
}

function footer({ confirm_label: label, edit_url: editUrl, note }) {
  const edit = editUrl ? el('a', 'btn btn-sm', 'Edit first') : null;
  if (edit) {
    edit.href = editUrl;
    edit.dataset.answer = 'edit';
  }
  const buttons = [button('confirm', 'btn btn-primary btn-sm', label), edit, button('dismiss', 'btn btn-ghost btn-sm', 'Dismiss')];
  return el('footer', '', ...buttons, el('span', 'note', icon('shield-check', 'icon-sm'), note));
}

function button(answerName, className, label) {
  const element = el('button', className, label);
  element.type = 'button';
  element.dataset.answer = answerName;
  return element;
}

async function answer(card, proposal, pressed) {
  if (!pressed || card.dataset.busy) return;
  card.dataset.busy = 'true';
  try {
    await ANSWERS[pressed.dataset.answer](card, proposal);
  } catch (error) {
    delete card.dataset.busy;
    toastFailure(error);
  }
}

const ANSWERS = {
  async confirm(card, proposal) {
    done(card, await decide(proposal, 'confirm'), proposal);
  },
  async dismiss(card, proposal) {
    await decide(proposal, 'dismiss');
    card.replaceWith(el('p', 'muted', 'Dismissed. Nothing was saved.'));
  },
  /** The form takes the proposal over, unless unsaved changes keep the person on their page. */
  async edit(card, proposal) {
    await visit(proposal.edit_url);
    if (!isOpen(proposal.edit_url)) {
      delete card.dataset.busy;
      return;
    }
    uncoverPage();
    markUnsaved();
    await decide(proposal, 'dismiss');
    card.replaceWith(el('p', 'muted', 'Taken over into the form. Nothing is saved yet.'));
  },
};

/** Whether a page is the one on screen, however its address is encoded. */
function isOpen(url) {
  const [there, here] = [new URL(url, location), new URL(location)];
  return there.pathname === here.pathname && String(there.searchParams) === String(here.searchParams);
}

function decide({ id }, word) {
  return postJson(`/assistant/proposals/${encodeURIComponent(id)}/${word}`);
}

/** The record took the place of its proposal: `{ type, id, title, url }`. */
function done(card, { url, title }, proposal) {
  const link = el('a', 'link', `Open ${title}`);
  link.href = url;
  const text = el('div', '', el('h3', '', 'Done'), el('small', '', proposal.title));
  const result = el('section', 'act done', el('header', '', el('span', 'ico success', icon('check')), text, link));
  card.replaceWith(result);
  link.focus();
  toast(`${title} created`);
}
