// `<dialog>` opened by `data-dialog="<id>"`, closed by `data-close`, by Esc or beside it.
import { $, on } from './dom.js';

on('click', '[data-dialog]', (event, opener) => {
  const dialog = document.getElementById(opener.dataset.dialog);
  if (!dialog || dialog.open) return;
  opener.closest('[popover]')?.hidePopover();
  dialog.showModal();
  ($('[autofocus]', dialog) ?? $('input:not([type=hidden]), button', dialog))?.focus();
});

on('click', 'dialog [data-close]', (event, button) => button.closest('dialog').close());

// A press on the dialog itself, not on its content, is a press on its backdrop.
on('click', 'dialog.dlg', (event, dialog) => {
  if (event.target === dialog) dialog.close();
});

// «All outstanding» fills every quantity of a receipt.
on('click', '[data-receive-all]', (event, button) => fill(button, (input) => input.dataset.outstanding));
on('click', '[data-receive-none]', (event, button) => fill(button, () => ''));

function fill(button, value) {
  const form = button.closest('form');
  for (const input of form.querySelectorAll('input[data-outstanding]')) input.value = value(input);
}

// One submit per press: the server claims an idempotency key, but the button should say so too.
on('submit', 'dialog form, form[data-once]', (event, form) => {
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = 'true';
  setTimeout(() => delete form.dataset.sending, 4000);
});

// A dialog that comes back with errors opens again.
function openMarked() {
  for (const dialog of document.querySelectorAll('dialog[data-open]:not([open])')) {
    dialog.removeAttribute('data-open');
    dialog.showModal();
  }
}
document.addEventListener('htmx:after:swap', openMarked);
openMarked();

on('click', '[data-print]', () => window.print());
on('change', '[data-submit-on-change]', (event, field) => field.form.requestSubmit());
