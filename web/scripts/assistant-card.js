// The card of a proposal: exactly what will be written, and the three ways to answer it.
import { el, icon } from './dom.js';
import { postJson } from './http.js';
import { toast, toastFailure } from './toast.js';

/**
 * A proposal: `{ id, command, title, subtitle?, preview: { fields, lines, total }, confirm_label?,
 * edit_url?, note?, state? }`.
 */
export function proposalCard(proposal) {
  const { preview = {} } = proposal;
  const card = el('section', 'act', header(proposal), lines(preview), footer(proposal));
  card.setAttribute('aria-label', proposal.title);
  card.addEventListener('click', (event) => answer(card, proposal, event.target.closest('[data-answer]')));
  return card;
}

function header({ title, subtitle }) {
  const text = el('div', '', el('h3', '', title), subtitle ? el('small', '', subtitle) : null);
  return el('header', '', el('span', 'ico', icon('shopping-cart')), text);
}

function lines({ fields = [], lines: rows = [], total }) {
  const body = el('tbody', '');
  for (const { label, value } of fields) body.append(el('tr', 'fact', el('td', '', label), el('td', '', value)));
  for (const { label, value, detail } of rows) {
    const first = el('td', '', label, detail ? el('small', '', detail) : null);
    body.append(el('tr', '', first, el('td', '', value)));
  }
  const table = el('table', 'num', body);
  if (total) {
    const { label, value } = typeof total === 'object' ? total : { label: 'Total', value: total };
    table.append(el('tfoot', '', el('tr', '', el('td', '', label), el('td', '', value))));
  }
  return table;
}

function footer({ confirm_label: label = 'Create', edit_url: editUrl, note }) {
  const edit = editUrl ? el('a', 'btn btn-sm', 'Edit first') : null;
  if (edit) edit.href = editUrl;
  const buttons = [button('confirm', 'btn btn-primary btn-sm', label), edit, button('dismiss', 'btn btn-ghost btn-sm', 'Dismiss')];
  const text = note ?? 'Saved as a draft. You can still change it.';
  return el('footer', '', ...buttons, el('span', 'note', icon('shield-check', 'icon-sm'), text));
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
  const url = `/assistant/proposals/${encodeURIComponent(proposal.id)}/${pressed.dataset.answer}`;
  try {
    const result = await postJson(url);
    if (pressed.dataset.answer === 'dismiss') card.replaceWith(el('p', 'muted', 'Dismissed. Nothing was saved.'));
    else done(card, result, proposal);
  } catch (error) {
    delete card.dataset.busy;
    toastFailure(error);
  }
}

function done(card, { url, title }, proposal) {
  const link = el('a', 'link', title ?? 'Open it');
  link.href = url;
  const text = el('div', '', el('h3', '', 'Done'), el('small', '', proposal.title));
  const result = el('section', 'act done', el('header', '', el('span', 'ico success', icon('check')), text, link));
  card.replaceWith(result);
  link.focus();
  toast(title ? `${title} created` : 'Created');
}
