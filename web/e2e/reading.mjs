// Reads what is on screen.

/** The text of an element, its white space made plain. */
export async function said(locator) {
  return (await locator.innerText()).replace(/[\s\u00a0\u202f]+/g, ' ').trim();
}

/** The heading of the page on screen. */
export function heading(page, name) {
  return page.locator('#page').getByRole('heading', { level: 1, name });
}

/** The row of a table whose text has all of `texts`. */
export function row(page, ...texts) {
  return texts.reduce((rows, hasText) => rows.filter({ hasText }), page.locator('#page tbody tr')).first();
}

/** The cells of a table's row by the headings above them. A phone hides some of both: they count. */
export async function cells(line) {
  return line.evaluate((element) => {
    const heads = [...element.closest('table').tHead.rows[0].cells];
    const plain = (text) => text.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
    return Object.fromEntries(heads.map((head, at) => [plain(head.textContent), plain(element.cells[at].innerText)]));
  });
}
