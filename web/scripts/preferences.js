// What a person sets for this browser: theme, density, hidden columns. Kept in cookies, so that the
// server renders the next page right at once.
import { on } from './dom.js';

const root = document.documentElement;
const YEAR = 31_536_000;

/** Remembers a preference for a year. */
export function remember(name, value) {
  document.cookie = `${name}=${encodeURIComponent(value)};path=/;max-age=${YEAR};samesite=lax`;
}

/** Sets the theme: `light`, `dark` or `system`. */
export function setTheme(theme) {
  root.dataset.theme = theme;
  remember('theme', theme);
  document.dispatchEvent(new CustomEvent('theme', { detail: theme }));
}

/** Switches between light and dark, starting from what is on screen. */
export function toggleTheme() {
  const system = matchMedia('(prefers-color-scheme: dark)').matches;
  const dark = root.dataset.theme === 'dark' || (root.dataset.theme !== 'light' && system);
  setTheme(dark ? 'light' : 'dark');
}

on('click', '[data-theme-set]', (event, button) => setTheme(button.dataset.themeSet));

on('click', '[data-density-toggle]', () => {
  const density = root.dataset.density === 'compact' ? 'comfortable' : 'compact';
  root.dataset.density = density;
  remember('density', density);
});
