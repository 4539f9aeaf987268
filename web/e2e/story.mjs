// The first story of a company, from its sign-up to goods received and booked, told at two widths, by
// mouse and by keyboard alone.
//
//   npm run e2e                       all tellings
//   npm run e2e -- phone-keyboard     one of them
//
// Pictures of each step, in light and dark, are in `e2e/out`. `KONTOR` names another binary.
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch } from '../tools/gallery.mjs';
import { changeColor } from './branding.mjs';
import { Company } from './company.mjs';
import { Keyboard, Mouse } from './hands.mjs';
import { seeJournal, seeStock, seeTrialBalance } from './looking.mjs';
import { askAssistant, confirmOrder, receivePart, writeOrder } from './ordering.mjs';
import { start } from './server.mjs';
import { importAgain, importFiles, signUp } from './setting-up.mjs';
import { Watch, weigh } from './watch.mjs';

const OUT = fileURLToPath(new URL('./out', import.meta.url));
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** How long a control may take to appear, in milliseconds. */
const PATIENCE = 10_000;

const TELLINGS = [
  { name: 'desktop-mouse', viewport: DESKTOP, Hand: Mouse, company: { name: 'Galway Grocers', country: 'Ireland', language: 'en' } },
  { name: 'desktop-keyboard', viewport: DESKTOP, Hand: Keyboard, company: { name: 'Kieler Feinkost', country: 'Germany', language: 'de' } },
  { name: 'phone-mouse', viewport: PHONE, Hand: Mouse, company: { name: 'Wiener Kontor', country: 'Austria', language: 'de' } },
  { name: 'phone-keyboard', viewport: PHONE, Hand: Keyboard, company: { name: 'Cork Pantry', country: 'Ireland', language: 'en' } },
];

const STORY = [
  signUp, importFiles, importAgain,
  askAssistant, confirmOrder, receivePart,
  seeStock, seeJournal, seeTrialBalance,
  writeOrder, changeColor,
];

async function tell(browser, origin, { name, viewport, Hand, company }) {
  const context = await browser.newContext({ viewport, baseURL: origin, reducedMotion: 'reduce', locale: 'en-IE', timezoneId: 'UTC' });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const watch = new Watch(page, `${OUT}/${name}`);
  await watch.start();
  const told = { page, watch, hand: new Hand(page), company: new Company(company), narrow: viewport === PHONE, found: {} };
  try {
    for (const act of STORY) {
      const step = act.name;
      const began = performance.now();
      try {
        await act(told);
        watch.quiet(step);
      } catch (error) {
        await page.screenshot({ path: `${OUT}/${name}/failed-${step}.png` });
        console.error(`FAIL ${name}: ${step}`);
        throw error;
      }
      console.log(`ok   ${name}: ${step} (${Math.round(performance.now() - began)} ms)`);
    }
    return { state: await context.storageState(), found: told.found };
  } finally {
    await context.close();
  }
}

/** First visits to the pages whose weight is limited. */
async function weighPages(browser, origin, { state, found }) {
  for (const path of ['/purchasing/orders', '/inventory/products', '/purchasing/orders/new', found.order]) {
    const bytes = await weigh(browser, state, new URL(path, origin).href);
    console.log(`ok   ${(bytes / 1000).toFixed(1)} kB of script and style for ${path.replace(/[0-9a-f-]{36}/, '{id}')}`);
  }
}

const wanted = process.argv.slice(2);
const tellings = TELLINGS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (tellings.length === 0) throw new Error(`tellings are ${TELLINGS.map(({ name }) => name).join(', ')}`);
rmSync(OUT, { recursive: true, force: true });
const server = await start();
const browser = await launch();
try {
  // Two at a time: the server and the browser share the machine's cores.
  const waiting = [...tellings];
  let told;
  const teller = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) told = await tell(browser, server.origin, next);
  };
  await Promise.all([teller(), teller()]);
  await weighPages(browser, server.origin, told);
} finally {
  await browser.close();
  await server.stop();
}
