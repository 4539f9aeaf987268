-- The companies and people we trade with. One row may be supplier and customer at once.

create table partner_categories (
    tenant_id   uuid        not null,
    id          uuid        not null,
    version     bigint      not null default 1,
    code        text        not null,
    name        text        not null,
    created_at  timestamptz not null,
    created_by  uuid,
    updated_at  timestamptz not null,
    updated_by  uuid,
    archived_at timestamptz,
    constraint partner_categories_pkey primary key (tenant_id, id),
    constraint partner_categories_code_key unique (tenant_id, code)
);
create index partner_categories_name_idx on partner_categories (tenant_id, name, id);
select platform.tenant_table('partner_categories');

create table partners (
    tenant_id     uuid        not null,
    id            uuid        not null,
    version       bigint      not null default 1,
    is_supplier   boolean     not null default false,
    is_customer   boolean     not null default false,
    code          text        not null,
    name          text        not null,
    contact_name  text,
    contact_title text,
    email         text,
    phone         text,
    fax           text,
    website       text,
    street        text,
    city          text,
    region        text,
    postal_code   text,
    country       text,
    tax_number    text,
    currency      text,
    payment_days  integer     not null default 30,
    category_id   uuid,
    note          text,
    created_at    timestamptz not null,
    created_by    uuid,
    updated_at    timestamptz not null,
    updated_by    uuid,
    archived_at   timestamptz,
    constraint partners_pkey primary key (tenant_id, id),
    constraint partners_role_check check (is_supplier or is_customer),
    constraint partners_payment_days_check check (payment_days between 0 and 3650),
    constraint partners_category_id_fkey foreign key (tenant_id, category_id) references partner_categories (tenant_id, id)
);
-- Supplier numbers and customer numbers are two series: a supplier 1 and a customer 1 may both exist.
create unique index partners_supplier_code_key on partners (tenant_id, code) where is_supplier;
create unique index partners_customer_code_key on partners (tenant_id, code) where is_customer;
create index partners_supplier_name_idx on partners (tenant_id, name, id) where is_supplier;
create index partners_customer_name_idx on partners (tenant_id, name, id) where is_customer;
create index partners_code_idx on partners (tenant_id, code, id);
create index partners_name_idx on partners (tenant_id, name, id);
create index partners_category_idx on partners (tenant_id, category_id);
create index partners_country_idx on partners (tenant_id, country, id);
create index partners_city_idx on partners (tenant_id, city, id);
select platform.tenant_table('partners');

create table contacts (
    tenant_id   uuid        not null,
    id          uuid        not null,
    version     bigint      not null default 1,
    code        text        not null,
    partner_id  uuid        not null,
    name        text        not null,
    job_title   text,
    email       text,
    phone       text,
    created_at  timestamptz not null,
    created_by  uuid,
    updated_at  timestamptz not null,
    updated_by  uuid,
    archived_at timestamptz,
    constraint contacts_pkey primary key (tenant_id, id),
    constraint contacts_code_key unique (tenant_id, code),
    constraint contacts_partner_id_fkey foreign key (tenant_id, partner_id) references partners (tenant_id, id)
);
create index contacts_name_idx on contacts (tenant_id, name, id);
create index contacts_partner_idx on contacts (tenant_id, partner_id, id);
select platform.tenant_table('contacts');
