// The order: drafted by the assistant, confirmed, received in part, and one written by hand.
import assert from 'node:assert/strict';
import { cells, heading, row, said } from './reading.mjs';

const REQUEST = 'order 40 boxes of Chai and 12 bottles of Aniseed Syrup from Exotic Liquids for next Friday';
const DAY = 86_400_000;

/** The first Friday after the company's today, as `2026-11-27`. */
async function nextFriday(page) {
  const today = new Date(`${await page.locator('html').getAttribute('data-today')}T00:00:00Z`);
  const days = (5 - today.getUTCDay() + 7) % 7 || 7;
  return new Date(today.getTime() + days * DAY).toISOString().slice(0, 10);
}

export async function askAssistant({ page, hand, watch, company, found }) {
  await hand.go('Home');
  await page.getByRole('heading', { name: `Set up ${company.name}` }).waitFor();
  await hand.openAssistant();
  const field = page.locator('x-assistant textarea');
  await hand.write(field, REQUEST);
  await page.keyboard.press('Enter');
  await page.locator('.act [data-answer=confirm]').waitFor();
  const card = await said(page.locator('.act'));
  found.expected = await nextFriday(page);
  const lines = [`Chai 40 × ${company.money(18)} ${company.money(720)}`, `Aniseed Syrup 12 × ${company.money(10)} ${company.money(120)}`];
  for (const part of ['Supplier Exotic Liquids', `Expected ${company.day(found.expected)}`, ...lines, `Total ${company.money(840)}`]) {
    assert.ok(card.includes(part), `the card says "${part}": ${card}`);
  }
  const prose = await said(page.locator('.msg-a .txt').last());
  for (const part of [company.money(840), company.day(found.expected)]) {
    assert.ok(prose.includes(part), `the answer writes "${part}" as the card does: ${prose}`);
  }
  await watch.look('assistant-card');
  await hand.press(page.locator('.act [data-answer=confirm]'));
  const link = page.locator('.act.done a');
  await link.waitFor();
  found.number = (await said(link)).replace('Open ', '');
  assert.equal(found.number, 'PO-00001', 'a card takes no number');
  found.order = await link.getAttribute('href');
  await watch.look('assistant-done');
  await hand.press(link);
  await page.locator('#document').waitFor();
  if (await page.locator('#assistant').isVisible()) await hand.closeAssistant();
}

export async function confirmOrder({ page, hand, watch, company, found }) {
  await watch.look('order-draft');
  assert.equal(await page.locator('#f-supplier_id').inputValue(), 'Exotic Liquids');
  assert.equal(await page.locator('#f-expected_date').inputValue(), company.day(found.expected));
  assert.match(await said(page.locator('[data-totals]')), new RegExp(`Total ${company.money(840)}$`));
  await hand.press(page.locator('.doc-actions').getByRole('button', { name: 'Confirm' }));
  await page.locator('.doc-actions [data-dialog=receive]').waitFor();
  await watch.look('order-confirmed');
}

export async function receivePart({ page, hand, watch, company, found }) {
  await hand.press(page.locator('.doc-actions [data-dialog=receive]'));
  const dialog = page.locator('#receive');
  await dialog.waitFor();
  const now = (product) => dialog.locator('tr', { hasText: product }).locator('[name=quantity]');
  assert.deepEqual([await now('Chai').inputValue(), await now('Aniseed Syrup').inputValue()], ['40', '12'], 'all that is outstanding is offered');
  await hand.write(now('Chai'), '10');
  await watch.look('receive');
  await hand.press(dialog.getByRole('button', { name: 'Receive goods' }));
  await dialog.waitFor({ state: 'hidden' });
  await watch.look('order-received');
  const { Qty, Received, Amount } = await cells(row(page, 'Chai'));
  assert.deepEqual([Qty, Received, Amount], ['40', '10 of 40', company.figure(720)]);
  assert.equal((await cells(row(page, 'Aniseed Syrup'))).Received, '12');
  const receipt = await cells(row(page, 'GR-'));
  assert.equal(receipt.Value, company.money(300));
  found.entry = receipt['Journal entry'];
  const activity = await said(page.locator('.doc-rail'));
  for (const what of ['received goods', 'confirmed this purchase order', 'created this purchase order with the assistant']) {
    assert.ok(activity.includes(`Nancy Davolio ${what}`), `the activity says "${what}": ${activity}`);
  }
}

/** A second order, line by line, and its totals as they are typed. */
export async function writeOrder({ page, hand, watch, company, narrow }) {
  await hand.go('Orders');
  await heading(page, 'Purchase orders').waitFor();
  await watch.look('orders');
  await hand.create('New purchase order');
  await heading(page, 'New purchase order').waitFor();
  await hand.link(page.locator('#f-supplier_id'), 'exot', 'Exotic Liquids');
  const line = page.locator('x-lines tbody tr').first();
  if (narrow) await hand.press(line.locator('[data-expand]'));
  await hand.link(line.locator('[name=line_product]'), 'chan', 'Chang');
  await hand.write(line.locator('[name=line_quantity]'), '24');
  assert.match(await said(page.locator('[data-totals]')), new RegExp(`Total ${company.money(456)}$`));
  await watch.look('order-new');
  await hand.save();
  await page.locator('.doc-actions').getByRole('button', { name: 'Confirm' }).waitFor();
  assert.equal(await line.locator('[name=line_unit_price]').inputValue(), company.figure(19));
  await watch.look('order-saved');
}
