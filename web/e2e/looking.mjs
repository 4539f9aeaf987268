// What the receipt did: stock, journal, trial balance, and who did what.
import assert from 'node:assert/strict';
import { cells, heading, row, said } from './reading.mjs';

export async function seeStock({ page, hand, watch, company }) {
  await hand.go('Stock');
  await heading(page, 'Stock').waitFor();
  for (const [product, onHand, cost] of [['Chai', 10, 18], ['Aniseed Syrup', 12, 10]]) {
    const level = await cells(row(page, product));
    const shown = [level['On hand'], level.Available, level['Average cost'], level.Value];
    assert.deepEqual(shown, [String(onHand), String(onHand), company.money(cost), company.money(onHand * cost)], product);
  }
  await watch.look('stock');
  await hand.find('Chai', 'Chai');
  await heading(page, 'Chai').waitFor();
  await watch.look('product');
  assert.match(await said(page.locator('.stock-facts')), new RegExp(`On hand 10 \\S+ .*Incoming 30 .*Value ${company.money(180)}`));
  assert.deepEqual((await cells(row(page, 'GR-')))['On hand after'], '10');
}

export async function seeJournal({ page, hand, watch, company, found }) {
  await hand.go('Journal entries');
  await heading(page, 'Journal entries').waitFor();
  await watch.look('journal');
  await hand.press(row(page, found.entry).locator('.id'));
  await heading(page, found.entry).waitFor();
  const [amount, none] = [company.figure(300), '–'];
  const booked = page.locator('.doc-main tbody tr');
  const lines = [await cells(booked.nth(0)), await cells(booked.nth(1))];
  assert.deepEqual(lines.map(({ Debit, Credit }) => [Debit, Credit]), [[amount, none], [none, amount]]);
  if (company.language === 'en') assert.deepEqual(lines.map(({ Account }) => Account), ['1200 Inventory', '2050 Goods received, not invoiced']);
  assert.match(await said(page.locator('.doc-rail')), /Nancy Davolio posted this journal entry/);
  await watch.look('journal-entry');
}

export async function seeTrialBalance({ page, hand, watch, company }) {
  await hand.go('Trial balance');
  await heading(page, 'Trial balance').waitFor();
  const report = await said(page.locator('.report'));
  assert.match(report, /Debits equal credits/);
  assert.ok(report.includes(`Total ${company.figure(300)} ${company.figure(300)} ${company.figure(0)}`), report);
  await watch.look('trial-balance');
}
