// The company's own colour, seen before and after it is saved.
import assert from 'node:assert/strict';
import { heading } from './reading.mjs';

const COLOR = { hex: '#B91C1C', rgb: 'rgb(185, 28, 28)' };

export async function changeColor({ page, hand, watch }) {
  await hand.go('Settings');
  await hand.press(page.locator('.snav a', { hasText: 'Branding' }));
  await heading(page, 'Branding').waitFor();
  await watch.look('branding');
  await hand.write(page.locator('#f-color'), COLOR.hex);
  await isPainted(page, '.pv .btn-primary');
  await watch.look('branding-preview');
  await hand.save();
  await isPainted(page, '[data-save]');
  await hand.go('Home');
  await page.locator('.setup').waitFor();
  assert.equal(await paint(page.locator('.setup .bar-b'), 'fill'), COLOR.rgb);
  await watch.look('home-branded');
}

function paint(element, property) {
  return element.evaluate((painted, name) => getComputedStyle(painted)[name], property);
}

/** Waits until the company's colour fills what `selector` finds first. */
function isPainted(page, selector) {
  return page.waitForFunction(([found, color]) => getComputedStyle(document.querySelector(found)).backgroundColor === color, [selector, COLOR.rgb]);
}
