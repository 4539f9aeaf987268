// htmx: set up, CSRF header, progress bar, the current item of the navigation.
import htmx from 'htmx.org';
import { $, $$, meta } from './dom.js';
import { toast } from './toast.js';

/** Opens a page of the app without leaving it. */
export function visit(url) {
  return htmx.ajax('GET', url, { target: '#page', select: '#page', swap: 'outerHTML show:none', push: 'true' });
}

/** Lets htmx take over markup that a script brought in. */
export function activate(element) {
  htmx.process(element);
}

document.addEventListener('htmx:config:request', (event) => {
  const { request } = event.detail.ctx;
  request.headers['X-CSRF-Token'] = meta('csrf');
});

// An answer that is no page of the app, the log-in after a session ended for example, takes the whole window.
document.addEventListener('htmx:after:request', (event) => {
  const { target, text, response } = event.detail.ctx;
  if (target?.id !== 'page' || /\sid="page"/.test(text)) return;
  event.preventDefault();
  location.assign(response.raw.url);
});

document.addEventListener('htmx:before:request', () => document.body.classList.add('busy'));
document.addEventListener('htmx:finally:request', () => document.body.classList.remove('busy'));

document.addEventListener('htmx:after:swap', (event) => {
  markCurrent();
  closeDrawer();
  if (event.detail?.ctx?.target?.id === 'page') arrive();
});

document.addEventListener('htmx:error', (event) => {
  if (event.detail?.error?.name === 'AbortError') return;
  toast('That did not go through. Check your connection.', {
    tone: 'danger',
    action: 'Reload',
    act: () => location.reload(),
  });
});

/** Puts the reader at the start of a page that was swapped in, at an error first. */
function arrive() {
  const page = $('#page');
  const errors = page && $('[data-errors]', page);
  (errors ?? page)?.focus({ preventScroll: !errors });
}

/** Marks the item whose page is open, or the longest path above it. */
function markCurrent() {
  const path = location.pathname;
  for (const group of ['.side .nav a', '.tabbar a']) {
    const links = $$(group);
    const best = links
      .map((link) => link.getAttribute('href'))
      .filter((href) => href === path || (href !== '/' && path.startsWith(`${href}/`)))
      .sort((a, b) => b.length - a.length)[0];
    for (const link of links) {
      if (link.getAttribute('href') === best) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  }
  revealCurrent();
}

/** Brings the current item of a navigation that scrolls into its view. */
function revealCurrent() {
  for (const item of $$('.side-nav [aria-current], .snav [aria-current], .views [aria-current]')) {
    item.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
}

revealCurrent();

function closeDrawer() {
  document.dispatchEvent(new CustomEvent('drawer:close'));
}

window.addEventListener('popstate', () => setTimeout(markCurrent, 50));
