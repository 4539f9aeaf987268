// The frame around every page: the assistant's panel and, on a phone, the navigation's drawer.
import { $, el, on } from './dom.js';
import { remember } from './preferences.js';

/** Below this width, in px, the assistant lies over the page. */
const ASSISTANT_OVERLAYS = 1180;

/** Opens or closes the assistant. */
export function toggleAssistant() {
  const panel = $('#assistant');
  if (!panel) return;
  // A panel the server opened is hidden by its style on a narrow screen: the first press shows it.
  const hiddenByWidth = panel.hasAttribute('data-auto') && innerWidth < ASSISTANT_OVERLAYS;
  panel.removeAttribute('data-auto');
  panel.hidden = hiddenByWidth ? false : !panel.hidden;
  remember('assistant', panel.hidden ? 'closed' : 'open');
  if (!panel.hidden) $('textarea', panel)?.focus();
}

/** Opens the assistant if it is closed. */
export function openAssistant() {
  const panel = $('#assistant');
  if (panel && (panel.hidden || (panel.hasAttribute('data-auto') && innerWidth < ASSISTANT_OVERLAYS))) toggleAssistant();
}

/** Closes the assistant where it lies over the page. */
export function uncoverPage() {
  if (innerWidth < ASSISTANT_OVERLAYS && !$('#assistant').hidden) toggleAssistant();
}

on('click', '[data-toggle-assistant]', toggleAssistant);

function openDrawer() {
  $('#app').classList.add('nav-open');
  const scrim = el('div', 'scrim');
  scrim.addEventListener('click', closeDrawer);
  document.body.append(scrim);
  $('#side a')?.focus();
}

function closeDrawer() {
  $('#app')?.classList.remove('nav-open');
  $('.scrim')?.remove();
}

on('click', '[data-open-nav]', openDrawer);
document.addEventListener('drawer:close', closeDrawer);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') closeDrawer();
});

// Keep a menu of the popover API near its button where the browser lacks anchor positioning.
if (!CSS.supports('position-area', 'bottom')) {
  document.addEventListener(
    'toggle',
    (event) => {
      const menu = event.target;
      if (event.newState !== 'open' || !menu.matches?.('.menu')) return;
      const opener = $(`[popovertarget="${CSS.escape(menu.id)}"]`);
      if (!opener || innerWidth < 900) return;
      const at = opener.getBoundingClientRect();
      const left = menu.classList.contains('at-end') ? at.right - menu.offsetWidth : at.left;
      const below = at.bottom + menu.offsetHeight < innerHeight;
      menu.style.left = `${Math.max(8, Math.min(left, innerWidth - menu.offsetWidth - 8))}px`;
      menu.style.top = `${below ? at.bottom : Math.max(8, at.top - menu.offsetHeight - 8)}px`;
    },
    true,
  );
}
