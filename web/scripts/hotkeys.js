// Keys that work everywhere. A template names the key of an action with `data-key`.
import { $, hasCommandKey, isTyping, on } from './dom.js';
import { visit } from './navigation.js';
import { isPaletteOpen, openPalette, closePalette } from './palette.js';
import { toggleAssistant } from './shell.js';

/** How long after G the second letter counts, in milliseconds. */
const SEQUENCE = 900;

let gPressedAt = 0;

document.addEventListener('keydown', (event) => {
  if (hasCommandKey(event) ? commandKey(event) : plainKey(event)) event.preventDefault();
});

/** Answers whether the key was used. */
function commandKey(event) {
  switch (event.key.toLowerCase()) {
    case 'k':
      if (isPaletteOpen()) closePalette();
      else openPalette();
      return true;
    case 'j':
      toggleAssistant();
      return true;
    case 's':
      return save();
    default:
      return false;
  }
}

function save() {
  const button = $('[data-save]');
  if (!button) return false;
  if (!button.disabled) button.form.requestSubmit(button);
  return true;
}

function plainKey(event) {
  if (event.altKey || isTyping(event) || $('dialog[open]')) return false;
  if (event.key === '/') {
    const search = $('#list-q');
    search?.focus();
    search?.select();
    return Boolean(search);
  }
  if (event.key === '?') {
    showKeys();
    return true;
  }
  if (Date.now() - gPressedAt < SEQUENCE) {
    gPressedAt = 0;
    const link = $(`.side [data-go="${CSS.escape(event.key)}"]`);
    if (link) {
      visit(link.getAttribute('href'));
      return true;
    }
  }
  if (event.key === 'g') {
    gPressedAt = Date.now();
    return true;
  }
  const action = $(`[data-key="${CSS.escape(event.key)}"]`);
  action?.click();
  return Boolean(action);
}

function showKeys() {
  $('#keys')?.showModal();
}

on('click', '[data-open-keys]', showKeys);
