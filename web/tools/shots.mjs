// Looks at the rendered fixture pages in Chromium: pictures at two widths and in two themes, axe on
// each, and no message in the console under the content security policy.
//
//   KONTOR_PAGES_DIR=/tmp/pages cargo test -p kontor-web --test it gallery
//   npm run shots -- /tmp/pages /tmp/shots [name…]
import axe from 'axe-core';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, serve } from './gallery.mjs';

const [pages, out, ...wanted] = process.argv.slice(2);
if (!pages || !out) {
  console.error('usage: shots.mjs <pages> <out> [name…]');
  process.exit(2);
}

const WIDTHS = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

const { server, origin } = await serve(pages);
mkdirSync(out, { recursive: true });
const browser = await launch();

let problems = 0;
try {
  const names = readdirSync(pages).map((file) => file.replace(/\.html$/, '')).filter((name) => wanted.length === 0 || wanted.includes(name));
  for (const name of names) {
    for (const [device, viewport] of Object.entries(WIDTHS)) {
      for (const theme of ['light', 'dark']) problems += await look(name, device, viewport, theme);
    }
  }
  console.log(`${names.length} pages, ${problems} problems`);
} finally {
  await browser.close();
  server.close();
}
process.exitCode = problems > 0 ? 1 : 0;

async function look(name, device, viewport, theme) {
  const context = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: 'reduce', bypassCSP: false });
  const page = await context.newPage();
  const messages = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(error.message));
  await page.goto(`${origin}/pages/${name}`, { waitUntil: 'networkidle' });
  await page.screenshot({ path: join(out, `${name}-${device}-${theme}.png`) });
  const shown = `${name} ${device} ${theme}`;
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) messages.push(`scrolls sideways by ${wide} px`);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  for (const { id, nodes } of violations) {
    for (const node of nodes.slice(0, 3)) messages.push(`axe ${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`);
  }
  for (const message of messages) console.error(`${shown}: ${message}`);
  await context.close();
  return messages.length;
}
