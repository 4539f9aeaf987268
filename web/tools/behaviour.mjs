// Tries what scripts do, by keyboard, on the rendered fixture pages in Chromium, with axe on what opens.
//
//   npm run behaviour -- /tmp/pages
import axe from 'axe-core';
import assert from 'node:assert/strict';
import { launch, serve } from './gallery.mjs';

const [pages] = process.argv.slice(2);
const { server, origin } = await serve(pages);
const browser = await launch();

/** A browser reports every refused request as an error of its own. */
const REFUSED = /the server responded with a status of 422/;

const cases = {
  async 'lines: totals follow what is typed, exactly'(page) {
    await open(page, 'order-draft');
    const row = page.locator('x-lines tbody tr').first();
    await row.locator('[name=line_quantity]').fill('16');
    await row.locator('[name=line_unit_price]').fill('348.35');
    await row.locator('[name=line_discount_percent]').fill('4');
    assert.equal(await row.locator('output').textContent(), '5,350.66');
    assert.match(await page.locator('[data-totals]').textContent(), /Untaxed5,596\.66VAT 21 %1,175\.30Total€\s6,771\.96/);
    assert.equal(await page.locator('[data-state]').textContent(), 'Unsaved changes');
  },
  async 'lines: a product is found by a few letters and brings price, unit and tax'(page) {
    await open(page, 'order-draft');
    await page.locator('[data-add-line]').click();
    await page.keyboard.type('caj');
    await page.locator('.combo-list [role=option]').first().waitFor();
    await accessible(page);
    await page.keyboard.press('Enter');
    const row = page.locator('x-lines tbody tr').last();
    assert.equal(await row.locator('[name=line_product_id]').inputValue(), 'p4');
    assert.equal(await row.locator('[name=line_unit_price]').inputValue(), '22.00');
    assert.equal(await row.locator('[name=line_tax_id]').inputValue(), 'vat9');
    assert.equal(await row.locator('[name=line_quantity]').evaluate((input) => input === document.activeElement), true);
  },
  async 'lines: Enter adds, Alt and arrows move, Backspace deletes with an Undo'(page) {
    await open(page, 'order-draft');
    const rows = page.locator('x-lines tbody tr');
    await rows.last().locator('[name=line_quantity]').focus();
    await page.keyboard.press('Enter');
    assert.equal(await rows.count(), 4);
    await rows.first().locator('[name=line_quantity]').focus();
    await page.keyboard.press('Alt+ArrowDown');
    assert.equal(await rows.nth(1).locator('[name=line_product]').inputValue(), 'Chai');
    await page.keyboard.press('Control+Backspace');
    assert.equal(await rows.count(), 3);
    await page.locator('.toast button').click();
    assert.equal(await rows.nth(1).locator('[name=line_product]').inputValue(), 'Chai');
  },
  async 'lines: cells of a spreadsheet become lines'(page) {
    await open(page, 'order-new');
    await page.locator('[name=line_product]').first().focus();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'Product\tQty\tPrice\nChai\t40\t18.00\nChang\t12\t19.00\n');
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    });
    const rows = page.locator('x-lines tbody tr');
    assert.equal(await rows.count(), 2);
    assert.equal(await rows.nth(1).locator('output').textContent(), '228.00');
  },
  async 'dates: words become dates, and the calendar is a keyboard away'(page) {
    await open(page, 'order-draft');
    const field = page.locator('#f-expected_date');
    for (const [typed, written] of [['+7', '27 Nov 2026'], ['20.12.', '20 Dec 2026'], ['mon', '23 Nov 2026']]) {
      await field.fill(typed);
      await field.blur();
      assert.equal(await field.inputValue(), written);
    }
    await field.focus();
    await page.keyboard.press('Alt+ArrowDown');
    await accessible(page);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await field.inputValue(), '30 Nov 2026');
    await field.fill('soon');
    await field.blur();
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
  },
  async 'links: what is shown is what is sent'(page) {
    await open(page, 'order-draft');
    const field = page.locator('#f-supplier_id');
    await field.fill('tok');
    await page.locator('.combo-list [role=option]').first().waitFor();
    await page.keyboard.press('Enter');
    assert.equal(await field.inputValue(), 'Tokyo Traders');
    assert.equal(await page.locator('input[name=supplier_id]').inputValue(), '4');
    await field.fill('nobody');
    await field.blur();
    assert.equal(await field.inputValue(), 'Tokyo Traders');
  },
  async 'palette: opens by key, finds records and pages'(page) {
    await open(page, 'home');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('chai');
    await page.locator('#palette-list [role=option]', { hasText: 'CHAI' }).waitFor();
    await accessible(page);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('#palette').evaluate((dialog) => dialog.open), false);
  },
  async 'palette: results that come late leave the chosen entry chosen'(page) {
    await open(page, 'home');
    let answer;
    const asked = new Promise((resolve) => {
      page.route('**/search?*', (route) => {
        answer = () => route.continue();
        resolve();
      });
    });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('ch');
    await asked;
    const options = page.locator('#palette-list [role=option]');
    const chosen = page.locator('#palette-list [aria-selected=true]');
    await page.keyboard.press('ArrowDown');
    const title = await options.nth(1).textContent();
    assert.equal(await chosen.textContent(), title);
    await answer();
    await options.filter({ hasText: 'Chai' }).waitFor();
    assert.equal(await chosen.textContent(), title);
    await page.keyboard.type('a');
    assert.equal(await chosen.textContent(), await options.first().textContent());
  },
  async 'assistant: a refused message says why and is given back'(page) {
    await open(page, 'home');
    const errors = [{ field: 'text', code: 'too_long', message: 'must have at most 4000 characters' }];
    const problem = { code: 'invalid_fields', detail: 'some fields need attention', errors };
    await page.route('**/assistant/messages', (route) =>
      route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
    );
    const field = page.locator('x-assistant textarea');
    assert.equal(await field.getAttribute('maxlength'), '4000');
    await field.focus();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'order Chai '.repeat(1820));
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    });
    await page.keyboard.press('Enter');
    await page.locator('.msg-a', { hasText: 'Your message must have at most 4000 characters.' }).waitFor();
    assert.equal((await field.inputValue()).length, 20_020);
    assert.equal(await page.locator('.msg-u').count(), 0);
  },
  async 'assistant: streams an answer with its card, and a confirmation shows the result'(page) {
    await open(page, 'home');
    await page.locator('x-assistant textarea').fill('order 40 boxes of Chai');
    await page.keyboard.press('Enter');
    await page.locator('.act [data-answer=confirm]').waitFor();
    assert.equal(await page.locator('.act').count(), 1);
    assert.equal(await page.locator('.msg-a .txt b').first().textContent(), 'Chai');
    assert.deepEqual(await page.locator('.msg-a .txt ul li').allTextContents(), ['PO-10391', 'PO-10402']);
    assert.equal(await page.locator('.cites a').count(), 1);
    assert.match(await page.locator('.act table').textContent(), /Supplier.*Chai40 × € 18\.00.*Untaxed€ 840\.00Tax€ 176\.40Total€ 1,016\.40$/);
    await accessible(page);
    await page.locator('.act [data-answer=confirm]').click();
    await page.locator('.act.done a', { hasText: /^Open PO-10501$/ }).waitFor();
  },
  async 'assistant: a proposal that is edited first is taken over by the form'(page) {
    await open(page, 'home');
    await page.locator('x-assistant textarea').fill('order 40 boxes of Chai');
    await page.keyboard.press('Enter');
    await page.locator('.act [data-answer=edit]').click();
    await page.locator('.msg-a', { hasText: 'Taken over into the form' }).waitFor();
    assert.equal(await page.locator('.act').count(), 0);
    assert.equal(await page.locator('#page x-lines').count(), 1);
  },
  async 'list: ranges, the bulk bar, hidden columns'(page) {
    await open(page, 'orders');
    const boxes = page.locator('#list tbody .check');
    await boxes.nth(0).click();
    await boxes.nth(3).click({ modifiers: ['Shift'] });
    assert.equal(await page.locator('[data-selected]').textContent(), '4');
    await accessible(page);
    await page.locator('[popovertarget=m-display]').click();
    await page.locator('[data-column=receipt]').click();
    assert.equal(await page.locator('th.c-receipt').isVisible(), false);
    await page.keyboard.press('Escape');
  },
  async 'receive: all outstanding, or nothing'(page) {
    await open(page, 'order-confirmed');
    await page.locator('[data-dialog=receive]').click();
    await accessible(page);
    await page.locator('[data-receive-none]').click();
    assert.equal(await page.locator('#receive [name=quantity]').first().inputValue(), '');
    await page.locator('[data-receive-all]').click();
    assert.equal(await page.locator('#receive [name=quantity]').first().inputValue(), '16');
  },
  async 'phone: a line opens for editing, and the drawer holds the navigation'(page) {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, 'order-draft');
    await page.locator('[data-expand]').first().click();
    await page.keyboard.type('24');
    assert.equal(await page.locator('x-lines tbody tr').first().locator('output').textContent(), '432.00');
    await accessible(page);
    await page.locator('[data-open-nav]').click();
    assert.equal(await page.locator('.side a[href="/inventory/stock"]').isVisible(), true);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.side a[href="/inventory/stock"]').isVisible(), false);
  },
  async 'navigation: the open page is in view where its list scrolls'(page) {
    const inside = (item, box) => {
      const [a, b] = [item.getBoundingClientRect(), document.querySelector(box).getBoundingClientRect()];
      return a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
    };
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, 'settings-usage');
    assert.equal(await page.locator('.snav [aria-current]').evaluate(inside, '.snav'), true);
    await page.setViewportSize({ width: 1440, height: 420 });
    await open(page, 'settings-usage');
    assert.equal(await page.locator('.side-nav [aria-current]').evaluate(inside, '.side-nav'), true);
    assert.equal(await page.locator('.side-foot').isVisible(), true);
  },
  async 'document: beside the assistant every column of a line keeps its room'(page) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await open(page, 'order-draft');
    if (await page.locator('#assistant').isHidden()) await page.keyboard.press('Control+j');
    const width = (selector) => page.locator(selector).first().evaluate((element) => element.getBoundingClientRect().width);
    assert.ok((await width('x-lines [name=line_product]')) > 150, 'the product can be read');
    assert.ok((await width('x-lines table')) <= (await width('x-lines .lines-wrap')), 'no column is cut');
    await page.keyboard.press('Control+j');
  },
  async 'leaving: unsaved changes are asked about'(page) {
    await open(page, 'supplier');
    await page.locator('#f-city').fill('Leeds');
    let asked = '';
    page.once('dialog', (dialog) => {
      asked = dialog.message();
      dialog.dismiss();
    });
    await page.locator('.side a[href="/inventory/products"]').click();
    await page.waitForTimeout(200);
    assert.match(asked, /unsaved changes/);
    assert.equal(await page.locator('#f-city').inputValue(), 'Leeds');
  },
  async 'import: the guess is shown and can be changed'(page) {
    await open(page, 'import');
    await page.locator('input[type=file]').setInputFiles({ name: 'suppliers.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') });
    await page.locator('[data-mapping] tr').first().waitFor();
    assert.equal(await page.locator('[data-mapping] select').nth(1).inputValue(), 'name');
    assert.match(await page.locator('[data-result]').textContent(), /29 to be created/);
    assert.equal(await page.locator('[data-run]').isEnabled(), true);
    await accessible(page);
  },
};

let failed = 0;
try {
  for (const [name, run] of Object.entries(cases)) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(4000);
    const messages = [];
    page.on('pageerror', (error) => messages.push(error.message));
    page.on('console', (message) => message.type() === 'error' && !REFUSED.test(message.text()) && messages.push(message.text()));
    try {
      await run(page);
      assert.deepEqual(messages, []);
      console.log(`ok   ${name}`);
    } catch (error) {
      failed += 1;
      console.error(`FAIL ${name}\n     ${error.message}`);
    }
    await page.close({ runBeforeUnload: false });
  }
} finally {
  await browser.close();
  server.close();
}
process.exitCode = failed > 0 ? 1 : 0;

async function accessible(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 140)}`), []);
}

function open(page, name) {
  return page.goto(`${origin}/pages/${name}`, { waitUntil: 'networkidle' });
}
