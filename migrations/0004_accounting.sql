-- The books: chart of accounts, journals, double entry, taxes.

create table accounts (
    tenant_id   uuid        not null,
    id          uuid        not null,
    version     bigint      not null default 1,
    code        text        not null,
    name        text        not null,
    kind        text        not null,
    -- What the system posts to it by itself: at most one account per use.
    purpose     text,
    created_at  timestamptz not null,
    created_by  uuid,
    updated_at  timestamptz not null,
    updated_by  uuid,
    archived_at timestamptz,
    constraint accounts_pkey primary key (tenant_id, id),
    constraint accounts_code_key unique (tenant_id, code),
    constraint accounts_purpose_key unique (tenant_id, purpose),
    constraint accounts_kind_check check (kind in ('asset', 'liability', 'equity', 'income', 'expense')),
    constraint accounts_purpose_check check (purpose in (
        'bank', 'receivable', 'inventory', 'input_tax', 'payable', 'goods_received', 'output_tax',
        'retained_earnings', 'sales', 'cost_of_sales', 'stock_adjustment', 'exchange_difference'))
);
create index accounts_name_idx on accounts (tenant_id, name, id);
create index accounts_kind_idx on accounts (tenant_id, kind, id);
select platform.tenant_table('accounts');

create table journals (
    tenant_id   uuid        not null,
    id          uuid        not null,
    version     bigint      not null default 1,
    code        text        not null,
    name        text        not null,
    kind        text        not null,
    created_at  timestamptz not null,
    created_by  uuid,
    updated_at  timestamptz not null,
    updated_by  uuid,
    archived_at timestamptz,
    constraint journals_pkey primary key (tenant_id, id),
    constraint journals_code_key unique (tenant_id, code),
    constraint journals_kind_check check (kind in ('general', 'stock', 'purchase', 'sales', 'bank'))
);
create index journals_name_idx on journals (tenant_id, name, id);
select platform.tenant_table('journals');

create table taxes (
    tenant_id   uuid        not null,
    id          uuid        not null,
    version     bigint      not null default 1,
    code        text        not null,
    name        text        not null,
    percent     numeric     not null,
    scope       text        not null default 'both',
    created_at  timestamptz not null,
    created_by  uuid,
    updated_at  timestamptz not null,
    updated_by  uuid,
    archived_at timestamptz,
    constraint taxes_pkey primary key (tenant_id, id),
    constraint taxes_code_key unique (tenant_id, code),
    constraint taxes_percent_check check (percent >= 0 and percent <= 100),
    constraint taxes_scope_check check (scope in ('purchases', 'sales', 'both'))
);
create index taxes_name_idx on taxes (tenant_id, name, id);
select platform.tenant_table('taxes');

-- What the company decided about its books. `locked_through`: nothing is posted on or before that date.
create table accounting_settings (
    tenant_id      uuid not null,
    locked_through date,
    tax_method     text not null default 'per_line',
    constraint accounting_settings_pkey primary key (tenant_id),
    constraint accounting_settings_tax_method_check check (tax_method in ('per_line', 'per_document'))
);
select platform.tenant_table('accounting_settings');

-- A posted entry. It never changes; a correction is an entry that reverses it.
create table journal_entries (
    tenant_id   uuid        not null,
    id          uuid        not null,
    version     bigint      not null default 1,
    xid         xid8        not null default pg_current_xact_id(),
    number      text        not null,
    journal_id  uuid        not null,
    date        date        not null,
    source_type text        not null,
    source_id   uuid        not null,
    purpose     text        not null,
    description text        not null,
    reverses_id uuid,
    created_at  timestamptz not null,
    created_by  uuid,
    updated_at  timestamptz not null,
    updated_by  uuid,
    archived_at timestamptz,
    constraint journal_entries_pkey primary key (tenant_id, id),
    constraint journal_entries_number_key unique (tenant_id, number),
    constraint journal_entries_source_key unique (tenant_id, source_type, source_id, purpose),
    constraint journal_entries_journal_id_fkey foreign key (tenant_id, journal_id) references journals (tenant_id, id),
    constraint journal_entries_reverses_id_fkey foreign key (tenant_id, reverses_id) references journal_entries (tenant_id, id),
    constraint journal_entries_reverses_id_key unique (tenant_id, reverses_id)
);
create index journal_entries_date_idx on journal_entries (tenant_id, date, id);
create index journal_entries_journal_idx on journal_entries (tenant_id, journal_id, date, id);
create index journal_entries_source_idx on journal_entries (tenant_id, source_id);
create index journal_entries_xid_idx on journal_entries (xid);
select platform.append_only_table('journal_entries');

create table journal_lines (
    tenant_id  uuid    not null,
    id         uuid    not null,
    entry_id   uuid    not null,
    position   integer not null,
    date       date    not null,
    account_id uuid    not null,
    partner_id uuid,
    debit      numeric not null,
    credit     numeric not null,
    constraint journal_lines_pkey primary key (tenant_id, id),
    constraint journal_lines_position_key unique (tenant_id, entry_id, position),
    constraint journal_lines_entry_id_fkey foreign key (tenant_id, entry_id) references journal_entries (tenant_id, id),
    constraint journal_lines_account_id_fkey foreign key (tenant_id, account_id) references accounts (tenant_id, id),
    constraint journal_lines_partner_id_fkey foreign key (tenant_id, partner_id) references partners (tenant_id, id),
    constraint journal_lines_debit_check check (debit >= 0),
    constraint journal_lines_credit_check check (credit >= 0),
    constraint journal_lines_side_check check ((debit = 0) <> (credit = 0))
);
create index journal_lines_account_idx on journal_lines (tenant_id, account_id, date) include (debit, credit);
create index journal_lines_partner_idx on journal_lines (tenant_id, partner_id) where partner_id is not null;
select platform.append_only_table('journal_lines');

-- Nothing is posted on or before the lock date, whoever posts. The settings' row stays as it is until the entry is
-- committed, so that a lock set at the same moment waits for it.
create function platform.guard_lock_date() returns trigger language plpgsql as $$
declare locked date;
begin
    select locked_through into locked from accounting_settings where tenant_id = new.tenant_id for share;
    if new.date <= locked then
        raise exception 'the books are locked through %', locked using errcode = 'KT004';
    end if;
    return new;
end $$;
create trigger journal_entries_lock_date before insert on journal_entries
    for each row execute function platform.guard_lock_date();

-- Debits equal credits, to the minor unit, whoever wrote the entry. Checked at commit, once per entry.
create function platform.guard_balance() returns trigger language plpgsql as $$
declare difference numeric; lines integer;
begin
    select coalesce(sum(debit - credit), 0), count(*) into difference, lines
    from journal_lines where tenant_id = new.tenant_id and entry_id = new.id;
    if difference <> 0 or lines < 2 then
        raise exception 'journal entry % is out of balance by %', new.number, difference using errcode = 'KT003';
    end if;
    return null;
end $$;
create constraint trigger journal_entries_balance after insert on journal_entries
    deferrable initially deferred for each row execute function platform.guard_balance();
-- A line may not join an entry that was posted by an earlier transaction.
create function platform.guard_entry_open() returns trigger language plpgsql as $$
begin
    if exists (select from (select distinct tenant_id, entry_id from added) a
               join journal_entries e on e.tenant_id = a.tenant_id and e.id = a.entry_id
               where e.xid <> pg_current_xact_id()) then
        raise exception 'a posted journal entry takes no more lines' using errcode = 'KT001';
    end if;
    return null;
end $$;
create trigger journal_lines_entry_open after insert on journal_lines
    referencing new table as added for each statement execute function platform.guard_entry_open();
