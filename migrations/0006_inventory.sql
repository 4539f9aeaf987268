-- Where goods are, how many, and what they are worth.

create table warehouses (
    tenant_id   uuid        not null,
    id          uuid        not null,
    version     bigint      not null default 1,
    code        text        not null,
    name        text        not null,
    street      text,
    city        text,
    postal_code text,
    country     text,
    created_at  timestamptz not null,
    created_by  uuid,
    updated_at  timestamptz not null,
    updated_by  uuid,
    archived_at timestamptz,
    constraint warehouses_pkey primary key (tenant_id, id),
    constraint warehouses_code_key unique (tenant_id, code)
);
create index warehouses_name_idx on warehouses (tenant_id, name, id);
select platform.tenant_table('warehouses');

-- A place goods can be at. Only those of kind `internal` hold stock; the others are where goods come from and go to.
create table locations (
    tenant_id    uuid        not null,
    id           uuid        not null,
    version      bigint      not null default 1,
    code         text        not null,
    name         text        not null,
    kind         text        not null,
    warehouse_id uuid,
    created_at   timestamptz not null,
    created_by   uuid,
    updated_at   timestamptz not null,
    updated_by   uuid,
    archived_at  timestamptz,
    constraint locations_pkey primary key (tenant_id, id),
    constraint locations_code_key unique (tenant_id, code),
    constraint locations_warehouse_id_fkey foreign key (tenant_id, warehouse_id) references warehouses (tenant_id, id),
    constraint locations_kind_check check (kind in ('internal', 'supplier', 'customer', 'adjustment')),
    constraint locations_warehouse_check check ((kind = 'internal') = (warehouse_id is not null))
);
create index locations_name_idx on locations (tenant_id, name, id);
create index locations_warehouse_idx on locations (tenant_id, warehouse_id);
select platform.tenant_table('locations');

-- One movement of one product. `value` is signed: what the movement adds to the worth of stock. Never changes.
create table stock_moves (
    tenant_id       uuid        not null,
    id              uuid        not null,
    version         bigint      not null default 1,
    xid             xid8        not null default pg_current_xact_id(),
    date            date        not null,
    product_id      uuid        not null,
    from_location_id uuid       not null,
    to_location_id  uuid        not null,
    warehouse_id    uuid        not null,
    quantity        numeric     not null,
    unit_cost       numeric     not null,
    value           numeric     not null,
    balance         numeric     not null,
    source_type     text        not null,
    source_id       uuid        not null,
    source_line_id  uuid        not null,
    created_at      timestamptz not null,
    created_by      uuid,
    updated_at      timestamptz not null,
    updated_by      uuid,
    archived_at     timestamptz,
    constraint stock_moves_pkey primary key (tenant_id, id),
    constraint stock_moves_source_key unique (tenant_id, source_type, source_line_id),
    constraint stock_moves_product_id_fkey foreign key (tenant_id, product_id) references products (tenant_id, id),
    constraint stock_moves_from_location_id_fkey foreign key (tenant_id, from_location_id) references locations (tenant_id, id),
    constraint stock_moves_to_location_id_fkey foreign key (tenant_id, to_location_id) references locations (tenant_id, id),
    constraint stock_moves_warehouse_id_fkey foreign key (tenant_id, warehouse_id) references warehouses (tenant_id, id),
    constraint stock_moves_quantity_check check (quantity > 0),
    constraint stock_moves_unit_cost_check check (unit_cost >= 0),
    constraint stock_moves_locations_check check (from_location_id <> to_location_id)
);
create index stock_moves_product_idx on stock_moves (tenant_id, product_id, date, id);
create index stock_moves_date_idx on stock_moves (tenant_id, date, id);
create index stock_moves_warehouse_idx on stock_moves (tenant_id, warehouse_id, date, id);
create index stock_moves_source_idx on stock_moves (tenant_id, source_id);
create index stock_moves_xid_idx on stock_moves (xid);
select platform.append_only_table('stock_moves');

-- The running sum of the moves into and out of one internal location, kept in the transaction of each move.
create table stock_levels (
    tenant_id    uuid        not null,
    id           uuid        not null,
    version      bigint      not null default 1,
    product_id   uuid        not null,
    warehouse_id uuid        not null,
    location_id  uuid        not null,
    on_hand      numeric     not null,
    reserved     numeric     not null default 0,
    available    numeric     not null generated always as (on_hand - reserved) stored,
    value        numeric     not null,
    average_cost numeric     not null,
    created_at   timestamptz not null,
    created_by   uuid,
    updated_at   timestamptz not null,
    updated_by   uuid,
    archived_at  timestamptz,
    constraint stock_levels_pkey primary key (tenant_id, id),
    constraint stock_levels_place_key unique (tenant_id, product_id, location_id),
    constraint stock_levels_product_id_fkey foreign key (tenant_id, product_id) references products (tenant_id, id),
    constraint stock_levels_warehouse_id_fkey foreign key (tenant_id, warehouse_id) references warehouses (tenant_id, id),
    constraint stock_levels_location_id_fkey foreign key (tenant_id, location_id) references locations (tenant_id, id),
    constraint stock_levels_on_hand_check check (on_hand >= 0),
    constraint stock_levels_value_check check (value >= 0 and (on_hand <> 0 or value = 0)),
    constraint stock_levels_reserved_check check (reserved >= 0 and reserved <= on_hand)
);
create index stock_levels_warehouse_idx on stock_levels (tenant_id, warehouse_id, product_id);
create index stock_levels_on_hand_idx on stock_levels (tenant_id, on_hand, id);
create index stock_levels_value_idx on stock_levels (tenant_id, value, id);
select platform.tenant_table('stock_levels');
