// Cells copied from a spreadsheet: product, quantity, unit price, discount.

const NAMES = ['line_product', 'line_quantity', 'line_unit_price', 'line_discount_percent'];
const HEADINGS = /^(product|article|artikel|produkt|item|description|sku|code)$/i;

/** The lines in a copied block; none when it is ordinary text of one cell. */
export function parseClipboard(text) {
  const trimmed = text.replace(/[\r\n]+$/, '');
  if (!/[\t\n]/.test(trimmed)) return [];
  const rows = trimmed.split(/\r?\n/).map((row) => row.split('\t').map((cell) => cell.trim()));
  if (rows[0] && HEADINGS.test(rows[0][0])) rows.shift();
  return rows.filter((cells) => cells.some(Boolean)).map(line);
}

function line(cells) {
  const values = Object.fromEntries(NAMES.map((name, index) => [name, cells[index] ?? '']));
  values.line_quantity ||= '1';
  return values;
}
