-- What the company buys, keeps and sells.

create table units (
    tenant_id   uuid        not null,
    id          uuid        not null,
    version     bigint      not null default 1,
    code        text        not null,
    name        text        not null,
    decimals    integer     not null default 0,
    created_at  timestamptz not null,
    created_by  uuid,
    updated_at  timestamptz not null,
    updated_by  uuid,
    archived_at timestamptz,
    constraint units_pkey primary key (tenant_id, id),
    constraint units_code_key unique (tenant_id, code),
    constraint units_decimals_check check (decimals between 0 and 6)
);
create index units_name_idx on units (tenant_id, name, id);
select platform.tenant_table('units');

create table product_categories (
    tenant_id   uuid        not null,
    id          uuid        not null,
    version     bigint      not null default 1,
    code        text        not null,
    name        text        not null,
    description text,
    parent_id   uuid,
    created_at  timestamptz not null,
    created_by  uuid,
    updated_at  timestamptz not null,
    updated_by  uuid,
    archived_at timestamptz,
    constraint product_categories_pkey primary key (tenant_id, id),
    constraint product_categories_code_key unique (tenant_id, code),
    constraint product_categories_parent_id_fkey foreign key (tenant_id, parent_id) references product_categories (tenant_id, id),
    constraint product_categories_parent_id_check check (parent_id <> id)
);
create index product_categories_name_idx on product_categories (tenant_id, name, id);
create index product_categories_parent_idx on product_categories (tenant_id, parent_id);
select platform.tenant_table('product_categories');

create table products (
    tenant_id       uuid        not null,
    id              uuid        not null,
    version         bigint      not null default 1,
    code            text        not null,
    name            text        not null,
    description     text,
    packaging       text,
    category_id     uuid,
    unit_id         uuid        not null,
    supplier_id     uuid,
    purchase_price  numeric,
    sales_price     numeric,
    purchase_tax_id uuid,
    sales_tax_id    uuid,
    reorder_point   numeric,
    barcode         text,
    tracked         boolean     not null default true,
    created_at      timestamptz not null,
    created_by      uuid,
    updated_at      timestamptz not null,
    updated_by      uuid,
    archived_at     timestamptz,
    constraint products_pkey primary key (tenant_id, id),
    constraint products_code_key unique (tenant_id, code),
    constraint products_barcode_key unique (tenant_id, barcode),
    constraint products_category_id_fkey foreign key (tenant_id, category_id) references product_categories (tenant_id, id),
    constraint products_unit_id_fkey foreign key (tenant_id, unit_id) references units (tenant_id, id),
    constraint products_supplier_id_fkey foreign key (tenant_id, supplier_id) references partners (tenant_id, id),
    constraint products_purchase_tax_id_fkey foreign key (tenant_id, purchase_tax_id) references taxes (tenant_id, id),
    constraint products_sales_tax_id_fkey foreign key (tenant_id, sales_tax_id) references taxes (tenant_id, id),
    constraint products_purchase_price_check check (purchase_price >= 0),
    constraint products_sales_price_check check (sales_price >= 0),
    constraint products_reorder_point_check check (reorder_point >= 0)
);
create index products_name_idx on products (tenant_id, name, id);
create index products_category_idx on products (tenant_id, category_id, name, id);
create index products_supplier_idx on products (tenant_id, supplier_id, name, id);
create index products_unit_idx on products (tenant_id, unit_id);
create index products_purchase_tax_idx on products (tenant_id, purchase_tax_id);
create index products_sales_tax_idx on products (tenant_id, sales_tax_id);
create index products_purchase_price_idx on products (tenant_id, purchase_price, id);
create index products_sales_price_idx on products (tenant_id, sales_price, id);
select platform.tenant_table('products');
