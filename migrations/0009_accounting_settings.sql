-- What a company decided about its books becomes a record like others: versioned, audited, changed through the API. With it
-- the taxes that the form of a new product begins with.

alter table accounting_settings
    add column id                      uuid        not null default gen_random_uuid(),
    add column version                 bigint      not null default 1,
    add column default_purchase_tax_id uuid,
    add column default_sales_tax_id    uuid,
    add column created_at              timestamptz not null default now(),
    add column created_by              uuid,
    add column updated_at              timestamptz not null default now(),
    add column updated_by              uuid,
    add column archived_at             timestamptz,
    drop constraint accounting_settings_pkey,
    add constraint accounting_settings_pkey primary key (tenant_id, id),
    add constraint accounting_settings_tenant_id_key unique (tenant_id),
    add constraint accounting_settings_default_purchase_tax_id_fkey
        foreign key (tenant_id, default_purchase_tax_id) references taxes (tenant_id, id),
    add constraint accounting_settings_default_sales_tax_id_fkey
        foreign key (tenant_id, default_sales_tax_id) references taxes (tenant_id, id);

-- The defaults were for the companies that are there already.
alter table accounting_settings
    alter column id drop default,
    alter column created_at drop default,
    alter column updated_at drop default;
