-- The vehicles the company runs.

create table vehicles (
    tenant_id   uuid        not null,
    id          uuid        not null,
    version     bigint      not null default 1,
    code        text        not null,
    name        text        not null,
    plate       text        not null,
    mileage_km  integer     not null default 0,
    acquired_on date,
    supplier_id uuid,
    created_at  timestamptz not null,
    created_by  uuid,
    updated_at  timestamptz not null,
    updated_by  uuid,
    archived_at timestamptz,
    constraint vehicles_pkey primary key (tenant_id, id),
    constraint vehicles_code_key unique (tenant_id, code),
    constraint vehicles_plate_key unique (tenant_id, plate),
    constraint vehicles_supplier_id_fkey foreign key (tenant_id, supplier_id) references partners (tenant_id, id),
    constraint vehicles_mileage_km_check check (mileage_km >= 0)
);
create index vehicles_name_idx on vehicles (tenant_id, name, id);
create index vehicles_mileage_km_idx on vehicles (tenant_id, mileage_km, id);
create index vehicles_acquired_on_idx on vehicles (tenant_id, acquired_on, id);
create index vehicles_supplier_idx on vehicles (tenant_id, supplier_id, name, id);
select platform.tenant_table('vehicles');

update platform.plans set features = features || '{fleet}' where code in ('starter', 'growth');
