// The files of the story, and where each of their columns has to go without being told.
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const northwind = (name) => at(`deploy/kontor/demo/northwind/${name}.csv`);

/** The columns that suppliers and customers share. */
const PARTNER = {
  companyName: 'name',
  contactName: 'contact_name',
  contactTitle: 'contact_title',
  address: 'street',
  city: 'city',
  region: 'region',
  postalCode: 'postal_code',
  country: 'country',
  phone: 'phone',
  fax: 'fax',
};

export const IMPORTS = [
  { entity: 'Suppliers', file: northwind('suppliers'), rows: 29, columns: { supplierID: 'code', ...PARTNER, homePage: 'website' } },
  {
    entity: 'Product categories',
    file: northwind('categories'),
    rows: 8,
    columns: { categoryID: 'code', categoryName: 'name', description: 'description', picture: '' },
  },
  {
    entity: 'Products',
    file: northwind('products'),
    rows: 77,
    columns: {
      productID: 'code',
      productName: 'name',
      supplierID: 'supplier_id',
      categoryID: 'category_id',
      quantityPerUnit: 'packaging',
      unitPrice: 'purchase_price',
      unitsInStock: '',
      unitsOnOrder: '',
      reorderLevel: 'reorder_point',
      discontinued: '',
    },
  },
  { entity: 'Customers', file: northwind('customers'), rows: 91, columns: { customerID: 'code', ...PARTNER } },
];

/** Suppliers with nine rows that have too many or too few cells. */
export const RAGGED = { entity: 'Suppliers', file: at('platform/exchange/tests/data/northwind/broken/suppliers-ragged.csv'), refused: 9 };
