// Exact decimals for live totals, read and written in the tenant's locale.
//
// A number is a BigInt of millionths: quantities and prices have at most six decimals. Products are
// kept exact and rounded once, half away from zero, as the server rounds.

const PLACES = 6n;
const ONE = 10n ** PLACES;

const locale = document.documentElement.dataset.locale === 'de' ? 'de' : 'en';
const DECIMAL = locale === 'de' ? ',' : '.';
const GROUP = locale === 'de' ? '.' : ',';
const formats = new Map();

/** Reads a number as people type it here; anything else is `null`. Empty is zero. */
export function parseDecimal(text) {
  const plain = String(text).replace(/[\s\u00a0\u202f']/g, '').replaceAll('\u2212', '-');
  if (plain === '') return 0n;
  const match = /^(-?)(\d*)(?:[.](\d*))?$/.exec(canonical(plain));
  if (!match || (!match[2] && !match[3])) return null;
  const [, sign, whole, fraction = ''] = match;
  const units = BigInt(whole || '0') * ONE + BigInt(fraction.slice(0, 6).padEnd(6, '0'));
  return sign ? -units : units;
}

/** A point for decimals, nothing between groups. A lone foreign sign before other than three digits is a decimal sign. */
function canonical(text) {
  if (text.includes(DECIMAL)) return text.replaceAll(GROUP, '').replace(DECIMAL, '.');
  const parts = text.split(GROUP);
  if (parts.length === 2 && parts[1].length !== 3) return parts.join('.');
  return parts.join('');
}

/** a × b, both in millionths, as a number of millionths of millionths: exact. */
export const product = (a, b) => a * b;

/** Quantity × price less a discount in percent, as money in minor units, rounded once. */
export function lineAmount(quantity, price, discountPercent, minorPlaces) {
  const hundred = 100n * ONE;
  const exact = quantity * price * (hundred - discountPercent);
  return divideRounded(exact * 10n ** minorPlaces, ONE * ONE * hundred);
}

/** A rate in percent of an amount in minor units, rounded once. */
export function percentOf(amount, ratePercent) {
  return divideRounded(amount * ratePercent, 100n * ONE);
}

/** Rounds half away from zero. */
export function divideRounded(numerator, denominator) {
  const negative = numerator < 0n;
  const absolute = negative ? -numerator : numerator;
  const rounded = (2n * absolute + denominator) / (2n * denominator);
  return negative ? -rounded : rounded;
}

/** An amount in minor units, written with its decimals and groups. */
export function formatAmount(amount, minorPlaces) {
  const places = Number(minorPlaces);
  const negative = amount < 0n;
  const digits = String(negative ? -amount : amount).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = places > 0 ? DECIMAL + digits.slice(-places) : '';
  return (negative ? '\u2212' : '') + grouped(whole) + fraction;
}

/** A decimal string of the API, written with at least `places` decimals. */
export function formatPlain(text, places = 0) {
  const [whole, fraction = ''] = String(text).split('.');
  const kept = fraction.replace(/0+$/, '').padEnd(places, '0');
  return grouped(whole) + (kept ? DECIMAL + kept : '');
}

function grouped(whole) {
  if (!formats.has(locale)) formats.set(locale, new Intl.NumberFormat(locale, { useGrouping: true, maximumFractionDigits: 0 }));
  return formats.get(locale).format(BigInt(whole)).replace('-', '\u2212');
}
