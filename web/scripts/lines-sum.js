// Live totals of a document's lines. Recomputes only rows whose input changed, so that 200 lines
// stay within a frame or two.
import { $, el } from './dom.js';
import { formatAmount, lineAmount, parseDecimal, percentOf } from './decimal.js';

const INPUTS = ['line_quantity', 'line_unit_price', 'line_discount_percent', 'line_tax_id'];

export class Sums {
  /** `method` is `line` or `document`: where tax is rounded. `pattern` holds `{}` for the amount. */
  constructor(totals, { minorPlaces, method, pattern }) {
    Object.assign(this, { totals, minorPlaces: BigInt(minorPlaces), method, pattern, rows: new WeakMap() });
  }

  /** Recomputes the changed rows and shows the document's totals. */
  update(rows) {
    let untaxed = 0n;
    let discount = 0n;
    const taxes = new Map();
    for (const row of rows) {
      const sum = this.row(row);
      untaxed += sum.amount;
      discount += sum.discount;
      if (!sum.taxName) continue;
      const tax = taxes.get(sum.taxId) ?? { name: sum.taxName, rate: sum.rate, base: 0n, tax: 0n };
      tax.base += sum.amount;
      tax.tax += percentOf(sum.amount, sum.rate);
      taxes.set(sum.taxId, tax);
    }
    this.show(this.entries(untaxed, discount, [...taxes.values()]));
  }

  row(row) {
    const cached = this.rows.get(row) ?? this.remember(row);
    const key = INPUTS.map((name) => cached[name].value).join('\u0001');
    if (cached.key === key) return cached;
    const [quantity, price, percent] = INPUTS.slice(0, 3).map((name) => this.number(cached[name]));
    const option = cached.line_tax_id.selectedOptions?.[0] ?? cached.line_tax_id;
    const amount = lineAmount(quantity, price, percent, this.minorPlaces);
    Object.assign(cached, {
      key,
      amount,
      discount: lineAmount(quantity, price, 0n, this.minorPlaces) - amount,
      taxId: cached.line_tax_id.value,
      rate: rate(option),
      taxName: cached.line_tax_id.value ? (option.dataset.name ?? option.textContent.trim()) : '',
    });
    cached.output.textContent = formatAmount(amount, this.minorPlaces);
    return cached;
  }

  remember(row) {
    const cached = Object.fromEntries(INPUTS.map((name) => [name, row.querySelector(`[name=${name}]`)]));
    cached.output = $('output', row);
    this.rows.set(row, cached);
    return cached;
  }

  /** A cell that is no number counts as zero and says so. */
  number(input) {
    const value = parseDecimal(input.value);
    if (value === null) input.setAttribute('aria-invalid', 'true');
    else if (!input.dataset.serverError) input.removeAttribute('aria-invalid');
    return value ?? 0n;
  }

  entries(untaxed, discount, taxes) {
    const entries = [];
    if (discount > 0n) entries.push(['Discount', formatAmount(-discount, this.minorPlaces)]);
    entries.push(['Untaxed', formatAmount(untaxed, this.minorPlaces)]);
    let total = untaxed;
    for (const tax of taxes.sort((a, b) => (b.rate > a.rate ? 1 : -1))) {
      const amount = this.method === 'document' ? percentOf(tax.base, tax.rate) : tax.tax;
      total += amount;
      entries.push([tax.name, formatAmount(amount, this.minorPlaces)]);
    }
    entries.push(['Total', this.pattern.replace('{}', formatAmount(total, this.minorPlaces))]);
    return entries;
  }

  show(entries) {
    const last = entries.length - 1;
    if (this.totals.children.length !== entries.length * 2) {
      const parts = entries.flatMap((_, index) => ['dt', 'dd'].map((tag) => el(tag, index === last ? 'grand' : '')));
      this.totals.replaceChildren(...parts);
    }
    entries.forEach((texts, index) => {
      texts.forEach((text, part) => {
        const element = this.totals.children[2 * index + part];
        if (element.textContent !== text) element.textContent = text;
      });
    });
  }
}

function rate(option) {
  // A rate is a decimal string of the API, so a point is its decimal sign in every locale.
  const [whole, fraction = ''] = (option?.dataset?.rate ?? '0').split('.');
  return BigInt(whole || '0') * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'));
}
