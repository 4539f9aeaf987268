// Takes the picture of the README: the demo company's home page with a proposal of the assistant.
//
//   node e2e/picture.mjs
import { fileURLToPath } from 'node:url';
import { launch } from '../tools/gallery.mjs';
import { start } from './server.mjs';

const PICTURE = fileURLToPath(new URL('../../docs/images/home.png', import.meta.url));

const server = await start();
const browser = await launch();
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, baseURL: server.origin, reducedMotion: 'reduce' });
  await page.goto('/log-in');
  await page.locator('#f-email').fill('demo@kontor.example');
  await page.locator('#f-password').fill('chai-and-syrup-for-friday');
  await page.locator('form button.btn-primary').click();
  await page.locator('.dash').waitFor();
  await page.getByRole('button', { name: 'Hide the checklist' }).click();
  await page.locator('.setup').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+j');
  await page.locator('x-assistant textarea').fill('order 40 boxes of Chai and 12 bottles of Aniseed Syrup from Exotic Liquids for next Friday');
  await page.keyboard.press('Enter');
  await page.locator('.act [data-answer=confirm]').waitFor();
  await page.waitForLoadState('networkidle');
  await page.locator('.toast').waitFor({ state: 'detached' });
  await page.screenshot({ path: PICTURE });
} finally {
  await browser.close();
  await server.stop();
}
