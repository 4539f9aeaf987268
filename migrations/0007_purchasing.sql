-- Orders to suppliers and the goods that came of them.

create table purchase_orders (
    tenant_id          uuid        not null,
    id                 uuid        not null,
    version            bigint      not null default 1,
    number             text        not null,
    state              text        not null default 'draft',
    receipt            text        not null default 'none',
    billing            text        not null default 'none',
    supplier_id        uuid        not null,
    order_date         date        not null,
    expected_date      date,
    warehouse_id       uuid        not null,
    currency           text        not null,
    exchange_rate      numeric,
    supplier_reference text,
    note               text,
    tax_method         text        not null,
    untaxed            numeric     not null,
    tax                numeric     not null,
    total              numeric     not null,
    confirmed_at       timestamptz,
    confirmed_by       uuid,
    cancelled_at       timestamptz,
    created_at         timestamptz not null,
    created_by         uuid,
    updated_at         timestamptz not null,
    updated_by         uuid,
    archived_at        timestamptz,
    constraint purchase_orders_pkey primary key (tenant_id, id),
    constraint purchase_orders_number_key unique (tenant_id, number),
    constraint purchase_orders_supplier_id_fkey foreign key (tenant_id, supplier_id) references partners (tenant_id, id),
    constraint purchase_orders_warehouse_id_fkey foreign key (tenant_id, warehouse_id) references warehouses (tenant_id, id),
    constraint purchase_orders_state_check check (state in ('draft', 'confirmed', 'done', 'cancelled')),
    constraint purchase_orders_receipt_check check (receipt in ('none', 'partial', 'full')),
    constraint purchase_orders_billing_check check (billing in ('none', 'partial', 'full')),
    constraint purchase_orders_tax_method_check check (tax_method in ('per_line', 'per_document')),
    constraint purchase_orders_exchange_rate_check check (exchange_rate > 0),
    constraint purchase_orders_rate_confirmed_check check (state not in ('confirmed', 'done') or exchange_rate is not null),
    constraint purchase_orders_confirmed_check check (state not in ('confirmed', 'done') or confirmed_at is not null),
    constraint purchase_orders_cancelled_check check ((state = 'cancelled') = (cancelled_at is not null)),
    constraint purchase_orders_total_check check (total = untaxed + tax)
);
create index purchase_orders_date_idx on purchase_orders (tenant_id, order_date, id);
create index purchase_orders_supplier_idx on purchase_orders (tenant_id, supplier_id, order_date, id);
create index purchase_orders_warehouse_idx on purchase_orders (tenant_id, warehouse_id, order_date, id);
create index purchase_orders_expected_idx on purchase_orders (tenant_id, expected_date, id);
create index purchase_orders_total_idx on purchase_orders (tenant_id, total, id);
create index purchase_orders_state_idx on purchase_orders (tenant_id, state, receipt, order_date, id);
select platform.tenant_table('purchase_orders');
insert into platform.state_moves (document, from_state, to_state) values
    ('purchase_orders', 'draft', 'confirmed'),
    ('purchase_orders', 'draft', 'cancelled'),
    ('purchase_orders', 'confirmed', 'done'),
    ('purchase_orders', 'confirmed', 'cancelled');
create trigger guard_state before update of state on purchase_orders for each row execute function platform.guard_state();

create table purchase_order_lines (
    tenant_id        uuid    not null,
    id               uuid    not null,
    order_id         uuid    not null,
    position         integer not null,
    product_id       uuid    not null,
    description      text    not null,
    quantity         numeric not null,
    unit_price       numeric not null,
    discount_percent numeric not null,
    tax_id           uuid,
    tax_percent      numeric not null,
    amount           numeric not null,
    received         numeric not null default 0,
    billed           numeric not null default 0,
    constraint purchase_order_lines_pkey primary key (tenant_id, id),
    constraint purchase_order_lines_position_key unique (tenant_id, order_id, position) deferrable initially immediate,
    constraint purchase_order_lines_order_id_fkey foreign key (tenant_id, order_id) references purchase_orders (tenant_id, id),
    constraint purchase_order_lines_product_id_fkey foreign key (tenant_id, product_id) references products (tenant_id, id),
    constraint purchase_order_lines_tax_id_fkey foreign key (tenant_id, tax_id) references taxes (tenant_id, id),
    constraint purchase_order_lines_quantity_check check (quantity > 0),
    constraint purchase_order_lines_unit_price_check check (unit_price >= 0),
    constraint purchase_order_lines_discount_percent_check check (discount_percent between 0 and 100),
    constraint purchase_order_lines_received_check check (received >= 0),
    constraint purchase_order_lines_billed_check check (billed >= 0)
);
create index purchase_order_lines_product_idx on purchase_order_lines (tenant_id, product_id);
select platform.tenant_table('purchase_order_lines');

-- How much more than ordered may be received, in per cent.
create table purchasing_settings (
    tenant_id         uuid    not null,
    receipt_tolerance numeric not null default 0,
    constraint purchasing_settings_pkey primary key (tenant_id),
    constraint purchasing_settings_receipt_tolerance_check check (receipt_tolerance between 0 and 100)
);
select platform.tenant_table('purchasing_settings');

create table goods_receipts (
    tenant_id         uuid        not null,
    id                uuid        not null,
    version           bigint      not null default 1,
    xid               xid8        not null default pg_current_xact_id(),
    number            text        not null,
    purchase_order_id uuid        not null,
    supplier_id       uuid        not null,
    warehouse_id      uuid        not null,
    date              date        not null,
    created_at        timestamptz not null,
    created_by        uuid,
    updated_at        timestamptz not null,
    updated_by        uuid,
    archived_at       timestamptz,
    constraint goods_receipts_pkey primary key (tenant_id, id),
    constraint goods_receipts_number_key unique (tenant_id, number),
    constraint goods_receipts_purchase_order_id_fkey foreign key (tenant_id, purchase_order_id) references purchase_orders (tenant_id, id),
    constraint goods_receipts_supplier_id_fkey foreign key (tenant_id, supplier_id) references partners (tenant_id, id),
    constraint goods_receipts_warehouse_id_fkey foreign key (tenant_id, warehouse_id) references warehouses (tenant_id, id)
);
create index goods_receipts_order_idx on goods_receipts (tenant_id, purchase_order_id, date, id);
create index goods_receipts_supplier_idx on goods_receipts (tenant_id, supplier_id, date, id);
create index goods_receipts_warehouse_idx on goods_receipts (tenant_id, warehouse_id, date, id);
create index goods_receipts_xid_idx on goods_receipts (xid);
create index goods_receipts_date_idx on goods_receipts (tenant_id, date, id);
select platform.append_only_table('goods_receipts');

create table goods_receipt_lines (
    tenant_id              uuid    not null,
    id                     uuid    not null,
    receipt_id             uuid    not null,
    position               integer not null,
    purchase_order_line_id uuid    not null,
    product_id             uuid    not null,
    quantity               numeric not null,
    constraint goods_receipt_lines_pkey primary key (tenant_id, id),
    constraint goods_receipt_lines_position_key unique (tenant_id, receipt_id, position),
    constraint goods_receipt_lines_receipt_id_fkey foreign key (tenant_id, receipt_id) references goods_receipts (tenant_id, id),
    constraint goods_receipt_lines_purchase_order_line_id_fkey foreign key (tenant_id, purchase_order_line_id)
        references purchase_order_lines (tenant_id, id),
    constraint goods_receipt_lines_product_id_fkey foreign key (tenant_id, product_id) references products (tenant_id, id),
    constraint goods_receipt_lines_quantity_check check (quantity > 0)
);
create index goods_receipt_lines_order_line_idx on goods_receipt_lines (tenant_id, purchase_order_line_id);
select platform.append_only_table('goods_receipt_lines');
