// The company is founded and brings its files. A step takes what is told: the page, the hand that
// works on it, the watch that looks at it, the company, and what earlier steps found.
import assert from 'node:assert/strict';
import { IMPORTS, RAGGED } from './files.mjs';
import { heading, said } from './reading.mjs';

export async function signUp({ page, hand, watch, company }) {
  await page.goto('/sign-up');
  await watch.look('sign-up');
  await hand.write(page.locator('#f-company'), company.name);
  await hand.write(page.locator('#f-slug'), company.slug);
  await hand.choose(page.locator('#f-country'), company.country);
  await hand.write(page.locator('#f-name'), 'Nancy Davolio');
  await hand.write(page.locator('#f-email'), company.email);
  await hand.write(page.locator('#f-password'), company.password);
  await hand.press(page.getByRole('button', { name: 'Create company' }));
  await page.getByRole('heading', { name: `Set up ${company.name}` }).waitFor();
  await watch.look('home-new');
}

export async function importFiles({ page, hand, watch }) {
  await hand.press(page.locator('.setup a', { hasText: /import/i }).first());
  await heading(page, 'Import from a file').waitFor();
  await watch.look('import');
  for (const { entity, file, rows, columns } of IMPORTS) {
    await hand.choose(page.locator('#f-entity'), entity);
    await hand.attach(page.locator('input[type=file]'), file);
    await page.getByText(`No problems found. ${rows} to be created, 0 to be updated, 0 unchanged.`).waitFor();
    const guessed = await page.locator('[data-column-name]').evaluateAll((selects) => selects.map((select) => [select.dataset.columnName, select.value]));
    assert.deepEqual(Object.fromEntries(guessed), columns, `the guess for ${entity}`);
    await watch.look(`import-${entity.toLowerCase().replace(' ', '-')}`);
    await hand.press(page.locator('[data-run]'));
    await page.getByText(`Imported. ${rows} created, 0 updated, 0 unchanged.`).waitFor();
  }
  await watch.look('imported');
  await hand.press(page.getByRole('button', { name: 'Open customers' }));
  await heading(page, 'Customers').waitFor();
  assert.match(await said(page.locator('.list-foot')), /of 91/);
  await watch.look('customers');
}

export async function importAgain({ page, hand, watch }) {
  await hand.find('Import', 'Import from a file');
  await heading(page, 'Import from a file').waitFor();
  for (const { entity, file, rows } of IMPORTS) {
    await hand.choose(page.locator('#f-entity'), entity);
    await hand.attach(page.locator('input[type=file]'), file);
    await page.getByText(`Nothing to change: all ${rows} rows are already here.`).waitFor();
    await hand.press(page.locator('[data-run]'));
    await page.getByText(`Nothing changed: all ${rows} rows are already here.`).waitFor();
  }
  await hand.choose(page.locator('#f-entity'), RAGGED.entity);
  await hand.attach(page.locator('input[type=file]'), RAGGED.file);
  await page.getByText(`${RAGGED.refused} problems. Nothing was imported.`).waitFor();
  assert.equal(await page.locator('[data-result] tbody tr').count(), RAGGED.refused);
  assert.equal(await page.locator('[data-run]').isDisabled(), true);
  await watch.look('import-refused');
}
