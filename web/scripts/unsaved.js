// Explicit save: Saved → Unsaved changes → Saving…, and a guard on every way of leaving.
//
// A form takes part with `data-guard`; `[data-state]` shows the state and `[data-save]` is its button.
import { $, $$, on } from './dom.js';

const TEXT = { saved: 'Saved', unsaved: 'Unsaved changes', saving: 'Saving…' };
const QUESTION = 'You have unsaved changes. Leave this page without saving?';

/** Says that a guarded form differs from what is stored. */
export function markUnsaved(form = $('form[data-guard]')) {
  if (form) show(form, 'unsaved');
}

function show(form, state) {
  form.dataset.saved = state;
  const label = $('[data-state]', form);
  if (label) {
    label.textContent = TEXT[state];
    label.classList.toggle('is-dirty', state !== 'saved');
  }
  for (const button of $$('[data-save]')) if (button.form === form) button.disabled = state === 'saving';
}

function hasUnsaved() {
  return Boolean($('form[data-guard][data-saved=unsaved]'));
}

on('input', 'form[data-guard]', (event, form) => {
  if (!event.target.closest('[data-no-guard]')) markUnsaved(form);
});
on('change', 'form[data-guard]', (event, form) => {
  if (!event.target.closest('[data-no-guard]')) markUnsaved(form);
});
on('submit', 'form[data-guard]', (event, form) => {
  if (!event.defaultPrevented) show(form, 'saving');
});

window.addEventListener('beforeunload', (event) => {
  if (hasUnsaved()) event.preventDefault();
});

// Navigation inside the app never unloads the page: ask before a link, a command's button or a
// script replaces it.
document.addEventListener('htmx:before:request', (event) => {
  const context = event.detail?.ctx;
  const saving = context?.sourceElement?.matches?.('form[data-guard]');
  if (context?.target?.id !== 'page' || saving || !hasUnsaved()) return;
  if (!window.confirm(QUESTION)) event.preventDefault();
});

// Back and forward have moved the address already: refusing goes back to where the form is.
let returning = false;
document.addEventListener('htmx:before:history:restore', (event) => {
  if (returning) {
    returning = false;
    event.preventDefault();
  } else if (hasUnsaved() && !window.confirm(QUESTION)) {
    event.preventDefault();
    returning = true;
    history.forward();
  }
});

// A request that failed leaves the input as it was, so it is unsaved again.
document.addEventListener('htmx:error', () => {
  const form = $('form[data-guard][data-saved=saving]');
  if (form) show(form, 'unsaved');
});
