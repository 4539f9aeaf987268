// Stands in for the server while fixture pages are looked at: what scripts fetch, with Northwind data.
import { readFileSync } from 'node:fs';

const json = (body, status = 200) => ({ status, type: 'application/json', body: JSON.stringify(body) });
const brand = readFileSync(new URL('./brand-sample.css', import.meta.url), 'utf8');

const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#4f46e5"/><path d="M7 17V7l10 10V7" fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

const PRODUCTS = [
  { id: 'p1', code: 'CHAI', name: 'Chai', extra: { price: '18', unit: 'box', stock: '39', tax_id: 'vat21' } },
  { id: 'p2', code: 'CHANG', name: 'Chang', extra: { price: '19.00', unit: 'bottle', stock: '17', tax_id: 'vat21' } },
  { id: 'p4', code: 'CAJUN', name: "Chef Anton's Cajun Seasoning", extra: { price: '22', unit: 'jar', stock: '53', tax_id: 'vat9' } },
];
const SUPPLIERS = [
  { id: '1', code: 'EXOTIC', name: 'Exotic Liquids' },
  { id: '4', code: 'TOKYO', name: 'Tokyo Traders' },
];
const FOUND = [
  { type: 'purchase-orders', id: '1', title: 'PO-10482 · Exotic Liquids', subtitle: '€ 1,168.86', url: '/pages/order-draft' },
  { type: 'suppliers', id: '1', title: 'Exotic Liquids', subtitle: 'EXOTIC', url: '/pages/supplier' },
  { type: 'products', id: '1', title: 'Chai', subtitle: 'CHAI', url: '/pages/product' },
];

const PROPOSAL = {
  id: 'pr1',
  icon: 'shopping-cart',
  title: 'Create purchase order',
  preview: {
    fields: [
      { label: 'Supplier', value: 'Exotic Liquids', detail: null },
      { label: 'Expected', value: '27 Nov 2026', detail: null },
    ],
    lines: [
      { label: 'Chai', detail: '40 × € 18.00', value: '€ 720.00' },
      { label: 'Aniseed Syrup', detail: '12 × € 10.00', value: '€ 120.00' },
    ],
    amounts: [
      { label: 'Untaxed', value: '€ 840.00', detail: null },
      { label: 'Tax', value: '€ 176.40', detail: null },
    ],
    total: '€ 1,016.40',
  },
  confirm_label: 'Create purchase order',
  edit_url: '/pages/order-new',
  note: 'Saved as a draft. You can still change it.',
};
const CITATION = { type: 'products', id: '1', title: 'Chai', url: '/pages/product' };
const TEXT =
  '**Chai** has 39 left and is above its reorder point.\n\nTwo orders are late:\n- PO-10391\n- PO-10402\n\nI prepared an order for next Friday:';

const IMPORT = {
  id: 'i1',
  state: 'checked',
  rows: 29,
  done: 29,
  created: 29,
  updated: 0,
  unchanged: 0,
  notes: ['Read as UTF-8 with commas between columns.'],
  errors: [],
  columns: [
    { column: 'supplierID', field: 'code', samples: ['1', '2', '3'] },
    { column: 'companyName', field: 'name', samples: ['Exotic Liquids', 'New Orleans Cajun Delights'] },
    { column: 'homePage', field: null, samples: ['NULL', '#CAJUN.HTM#'] },
  ],
  fields: [
    { name: 'code', label: 'Code', required: false },
    { name: 'name', label: 'Name', required: true },
    { name: 'city', label: 'City', required: false },
  ],
};

/** The answer to a request, or nothing when there is none. */
export function answer(method, url) {
  const query = (url.searchParams.get('q') ?? '').toLowerCase();
  const matching = (items) => items.filter(({ name, code }) => `${name} ${code}`.toLowerCase().includes(query));
  switch (url.pathname) {
    case '/brand.css':
      return { type: 'text/css', body: brand };
    case '/brand/logo':
      return { type: 'image/svg+xml', body: LOGO };
    case '/search':
      return json({ data: FOUND.filter(({ title }) => title.toLowerCase().includes(query)) });
    case '/lookup/products':
      return json({ data: matching(PRODUCTS) });
    case '/lookup/suppliers':
      return json({ data: matching(SUPPLIERS) });
    case '/settings/branding/preview':
      return json({
        css: brand,
        checks: [
          { ok: true, text: 'Button text 6.3:1 light, 6.3:1 dark (needs 4.5:1)' },
          { ok: true, text: 'Your exact colour is used on buttons' },
        ],
      });
    case '/assistant/messages':
      return { type: 'text/event-stream', body: conversation() };
    case '/assistant/proposals/pr1/confirm':
      return json({ type: 'purchase-orders', id: '1', url: '/pages/order-draft', title: 'PO-10501' }, 201);
    case '/assistant/proposals/pr1/dismiss':
      return json({});
    case '/import':
      return method === 'POST' ? json(IMPORT) : null;
    default:
      return null;
  }
}

function conversation() {
  const event = (name, data) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
  const tokens = TEXT.match(/.{1,6}/gs).map((text) => event('token', { text }));
  return [
    event('step', { text: 'Looked at the stock of 2 products' }),
    ...tokens,
    event('card', { proposal: PROPOSAL }),
    event('done', { conversation_id: 'c1', message_id: 'm1', text: TEXT, citations: [CITATION], proposals: [PROPOSAL] }),
  ].join('');
}
