// Looks at a page as it is used: pictures in both themes, axe, the console, the content security
// policy, the weight of scripts and styles.
import axe from 'axe-core';
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const THEMES = ['light', 'dark'];
/** Script and style of a page, gzipped, in bytes. */
const MOST_BYTES = 60_000;

export class Watch {
  /** `folder` takes the pictures. */
  constructor(page, folder) {
    Object.assign(this, { page, folder, messages: [], shots: 0 });
    mkdirSync(folder, { recursive: true });
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && this.messages.push(message.text()));
    page.on('pageerror', (error) => this.messages.push(error.message));
    page.on('response', (response) => {
      if (response.status() >= 400) this.messages.push(`${response.status()} ${response.request().method()} ${response.url()}`);
    });
  }

  async start() {
    await this.page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
        console.error(`blocked by the policy: ${violatedDirective} ${blockedURI} ${sourceFile}`);
      });
    });
  }

  /** Takes the step's pictures and asks axe, in both themes. */
  async look(name) {
    await this.settled();
    this.shots += 1;
    const number = String(this.shots).padStart(2, '0');
    for (const theme of THEMES) {
      await this.page.emulateMedia({ colorScheme: theme });
      // Hiding the caret would write style attributes, which navigation then copies against the policy.
      await this.page.screenshot({ path: join(this.folder, `${number}-${name}-${theme}.png`), caret: 'initial' });
      await this.accessible(`${name}, ${theme}`);
    }
    await this.page.emulateMedia({ colorScheme: 'light' });
    const sideways = await this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(sideways <= 0, `${name} scrolls sideways by ${sideways} px`);
    this.quiet(name);
  }

  async settled() {
    await this.page.waitForLoadState('networkidle');
    await this.page.locator('body:not(.busy)').waitFor();
    await this.page.evaluate(() => document.fonts.ready);
  }

  async accessible(where) {
    if (!(await this.page.evaluate(() => 'axe' in globalThis))) await this.page.evaluate(axe.source);
    const { violations } = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`));
    assert.deepEqual(found, [], `axe on ${where}`);
  }

  /** Nothing was logged, refused or blocked. */
  quiet(where) {
    assert.deepEqual(this.messages, [], `messages by ${where}`);
  }
}

/** What a first visit to a page loads of script and style, in bytes as sent. */
export async function weigh(browser, state, url) {
  const context = await browser.newContext({ storageState: state });
  const page = await context.newPage();
  const loaded = [];
  page.on('requestfinished', (request) => ['script', 'stylesheet'].includes(request.resourceType()) && loaded.push(request));
  const answer = await page.goto(url, { waitUntil: 'networkidle' });
  assert.equal(answer.status(), 200, url);
  assert.match(answer.headers()['content-security-policy'], /default-src 'none'/, url);
  let bytes = 0;
  for (const request of loaded) {
    const encoding = (await request.response()).headers()['content-encoding'];
    assert.match(encoding ?? 'none', /gzip|br|zstd/, `${request.url()} is sent compressed`);
    bytes += (await request.sizes()).responseBodySize;
  }
  await context.close();
  assert.ok(loaded.length >= 2 && bytes > 1000, `${url} loads script and style`);
  assert.ok(bytes <= MOST_BYTES, `${url} loads ${bytes} bytes of script and style`);
  return bytes;
}
