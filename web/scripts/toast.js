// Short notices at the corner of the page.
import { $, el, icon } from './dom.js';

/** How long a notice stays when it offers nothing, in milliseconds. */
const SHORT = 4500;
/** How long a notice stays when it offers to undo, in milliseconds. */
const WITH_ACTION = 8000;

/**
 * Shows a notice. With an action, its button runs `act` once and closes the notice.
 * `tone` is `success` or `danger`.
 */
export function toast(text, { action = '', act = null, tone = 'success' } = {}) {
  const notice = el('div', `toast ${tone}`, icon(tone === 'danger' ? 'circle-alert' : 'circle-check'), el('p', '', text));
  const timer = setTimeout(() => notice.remove(), action ? WITH_ACTION : SHORT);
  if (action) {
    const button = el('button', '', action);
    button.type = 'button';
    button.addEventListener('click', () => {
      clearTimeout(timer);
      notice.remove();
      act?.();
    });
    notice.append(button);
  }
  $('#toasts').append(notice);
  return notice;
}

/** Says that a request failed. */
export function toastFailure(error) {
  toast(sentence(error.message || 'that did not go through. Check your connection'), { tone: 'danger' });
}

/** With a capital first letter and a point at the end. */
export function sentence(text) {
  const trimmed = text.trim();
  return trimmed.charAt(0).toUpperCase() + trimmed.slice(1) + (/[.!?]$/.test(trimmed) ? '' : '.');
}

/** The notice a page brings with it, after a save for example. */
function showBrought() {
  for (const note of document.querySelectorAll('[data-toast]')) {
    toast(note.dataset.toast, { tone: note.dataset.tone || 'success' });
    note.remove();
  }
}

document.addEventListener('DOMContentLoaded', showBrought);
document.addEventListener('htmx:after:swap', showBrought);
if (document.readyState !== 'loading') showBrought();
