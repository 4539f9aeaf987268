-- The ground every tenant table stands on: how a table becomes a tenant's, who may touch it, and what every write leaves.
--
-- Roles (made by `kontor migrate` or by the operator before it, see docs/operators.md):
--   kontor_owner     owns the schema and runs migrations; never serves a request
--   kontor_app       the tenant's work, under row-level security, with app.tenant_id set per transaction
--   kontor_identity  sign-up and log-in: may also read and write the schema `platform`
--   kontor_reader    reads every tenant's rows for search and sealing; writes nothing

create schema platform;
revoke all on schema public from public;
-- The owner too: foreign keys are checked with its rights, also in a copy whose database belongs to somebody else.
grant usage on schema public to current_user, kontor_app, kontor_reader;
grant usage on schema platform to kontor_identity, kontor_reader;

-- Makes `name` a tenant's table: row-level security, enabled and forced. An unset or empty tenant raises an error
-- instead of showing nothing or everything.
create function platform.tenant_table(name regclass) returns void language plpgsql as $$
begin
    execute format('alter table %s enable row level security', name);
    execute format('alter table %s force row level security', name);
    execute format(
        'create policy tenant on %s to kontor_app using (tenant_id = current_setting(''app.tenant_id'')::uuid)
         with check (tenant_id = current_setting(''app.tenant_id'')::uuid)', name);
    execute format('create policy reader on %s for select to kontor_reader using (true)', name);
    execute format('grant select, insert, update, delete on %s to kontor_app', name);
    execute format('grant select on %s to kontor_reader', name);
end $$;

-- Makes `name` a tenant's table whose rows, once written, never change: a correction is a new row.
create function platform.append_only_table(name regclass) returns void language plpgsql as $$
begin
    perform platform.tenant_table(name);
    execute format('revoke update, delete on %s from kontor_app', name);
    execute format('create trigger append_only before update or delete on %s for each row execute function platform.refuse_change()', name);
    execute format('create trigger append_only_all before truncate on %s for each statement execute function platform.refuse_change()', name);
end $$;

create function platform.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % never change', tg_table_name using errcode = 'KT001';
end $$;

-- Which states a document may go to. The same table stands in the code; a test holds the two together.
create table platform.state_moves (
    document   text not null,
    from_state text not null,
    to_state   text not null,
    constraint state_moves_pkey primary key (document, from_state, to_state)
);
grant select on platform.state_moves to kontor_identity, kontor_reader;

create function platform.guard_state() returns trigger language plpgsql security definer set search_path = platform, pg_temp as $$
begin
    if new.state is distinct from old.state and not exists (
        select from platform.state_moves m
        where m.document = tg_table_name and m.from_state = old.state and m.to_state = new.state
    ) then
        raise exception '% may not go from % to %', tg_table_name, old.state, new.state using errcode = 'KT002';
    end if;
    return new;
end $$;

-- Who changed what, from what to what. Sealed into a hash chain shortly after commit.
create table audit_log (
    tenant_id  uuid        not null,
    id         uuid        not null,
    xid        xid8        not null default pg_current_xact_id(),
    at         timestamptz not null,
    actor_id   uuid,
    via        text        not null,
    action     text        not null,
    entity     text        not null,
    entity_id  uuid        not null,
    changes    jsonb       not null,
    request_id text        not null,
    address    text,
    constraint audit_log_pkey primary key (tenant_id, id)
);
create index audit_log_entity_idx on audit_log (tenant_id, entity, entity_id, id);
create index audit_log_xid_idx on audit_log (xid);
select platform.append_only_table('audit_log');

-- What happened, for search, notifications, webhooks and live pages. Read by position (a snapshot), trimmed by day.
create table outbox (
    tenant_id uuid        not null,
    id        uuid        not null,
    xid       xid8        not null default pg_current_xact_id(),
    at        timestamptz not null,
    topic     text        not null,
    entity    text        not null,
    entity_id uuid        not null,
    payload   jsonb       not null,
    constraint outbox_pkey primary key (tenant_id, at, id)
) partition by range (at);
create index outbox_xid_idx on outbox (xid);
create table outbox_rest partition of outbox default;
select platform.tenant_table('outbox');
select platform.tenant_table('outbox_rest');
revoke update, delete on outbox, outbox_rest from kontor_app;

-- Days, in UTC, get their partition ahead from a job; a day whose rows every consumer has read is dropped whole.
create function platform.outbox_partition(day date) returns void language plpgsql security definer set search_path = public, platform, pg_temp set timezone = 'UTC' as $$
declare name text := format('outbox_%s', to_char(day, 'YYYYMMDD'));
begin
    if to_regclass('public.' || name) is null then
        execute format('create table public.%I partition of public.outbox for values from (%L) to (%L)', name, day, day + 1);
        perform platform.tenant_table(('public.' || name)::regclass);
        execute format('revoke update, delete on public.%I from kontor_app', name);
    end if;
end $$;
create function platform.outbox_trim(before date) returns integer language plpgsql security definer set search_path = public, platform, pg_temp as $$
declare part record; dropped integer := 0;
begin
    for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'public.outbox'::regclass and c.relname ~ '^outbox_\d{8}$'
          and to_date(right(c.relname, 8), 'YYYYMMDD') < before
    loop
        execute format('drop table public.%I', part.relname);
        dropped := dropped + 1;
    end loop;
    return dropped;
end $$;
-- What came late, or before its day had a partition, lies in the rest; nobody but this function deletes there.
create policy trim on outbox_rest to kontor_owner using (true);
create function platform.outbox_trim_rest(before timestamptz) returns bigint language plpgsql security definer set search_path = public, platform, pg_temp as $$
declare deleted bigint;
begin
    delete from public.outbox_rest where at < before;
    get diagnostics deleted = row_count;
    return deleted;
end $$;
grant execute on function platform.outbox_partition, platform.outbox_trim, platform.outbox_trim_rest to kontor_identity;

-- How far each consumer of the outbox has read: a snapshot, so that an event that commits late is not skipped.
create table platform.consumers (
    name       text        not null,
    position   pg_snapshot not null,
    updated_at timestamptz not null default now(),
    constraint consumers_pkey primary key (name)
);
grant select, insert, update on platform.consumers to kontor_identity;

-- What was used, one row per use; never updated, summed by period.
create table meter_events (
    tenant_id uuid        not null,
    id        uuid        not null,
    meter     text        not null,
    quantity  bigint      not null,
    at        timestamptz not null,
    constraint meter_events_pkey primary key (tenant_id, id),
    constraint meter_events_quantity_check check (quantity > 0)
);
create index meter_events_period_idx on meter_events (tenant_id, at, meter) include (quantity);
select platform.append_only_table('meter_events');

-- One row per idempotency key: its unique key makes a concurrent twin wait, its answer serves the retry.
create table idempotency_keys (
    tenant_id    uuid        not null,
    key          text        not null,
    request_hash bytea       not null,
    status       smallint,
    location     text,
    etag         text,
    answer       text,
    created_at   timestamptz not null,
    constraint idempotency_keys_pkey primary key (tenant_id, key)
);
create index idempotency_keys_age_idx on idempotency_keys (tenant_id, created_at);
select platform.tenant_table('idempotency_keys');

-- Numbers that may have gaps are handed out in blocks; those that may not are taken one at a time, last before commit.
create table number_sequences (
    tenant_id uuid   not null,
    name      text   not null,
    next      bigint not null,
    constraint number_sequences_pkey primary key (tenant_id, name)
) with (fillfactor = 50);
select platform.tenant_table('number_sequences');

-- The hash chains over rows that must not change. `position` counts from 1 without gaps.
create table seals (
    tenant_id uuid        not null,
    chain     text        not null,
    position  bigint      not null,
    row_id    uuid        not null,
    hash      bytea       not null,
    sealed_at timestamptz not null,
    constraint seals_pkey primary key (tenant_id, chain, position),
    constraint seals_row_id_key unique (tenant_id, chain, row_id)
);
select platform.append_only_table('seals');

create table seal_heads (
    tenant_id uuid        not null,
    chain     text        not null,
    position  bigint      not null,
    hash      bytea       not null,
    sealed_to pg_snapshot not null,
    constraint seal_heads_pkey primary key (tenant_id, chain)
);
select platform.tenant_table('seal_heads');

-- How far each chain is sealed for every tenant: a row that was committed by then and has no seal was put in by force.
create table platform.sealing (
    chain    text        not null,
    position pg_snapshot not null,
    constraint sealing_pkey primary key (chain)
);
grant select, insert, update on platform.sealing to kontor_identity;

-- Background work, enqueued by the transaction that wants it. The jobs' own schema is laid by `kontor migrate` after this
-- history; nobody but its owner and the worker's role reaches into it. The tenant of a job is the tenant of the
-- transaction, and cannot be given.
create function platform.enqueue(task text, input text, queue text, attempts integer, due timestamptz, job_key text)
returns bigint language plpgsql security definer set search_path = platform, pg_temp as $$
declare tenant uuid := current_setting('app.tenant_id')::uuid;
begin
    return (select j.id from jobs.add_job(
        identifier => task,
        payload => json_build_object('tenant', tenant, 'input', input::json),
        queue_name => queue, run_at => due, max_attempts => attempts, job_key => tenant || '/' || job_key) j);
end $$;

-- The same for work that belongs to no tenant.
create function platform.enqueue_platform(task text, input text, queue text, attempts integer, due timestamptz, job_key text)
returns bigint language plpgsql security definer set search_path = platform, pg_temp as $$
begin
    return (select j.id from jobs.add_job(
        identifier => task,
        payload => json_build_object('tenant', null, 'input', input::json),
        queue_name => queue, run_at => due, max_attempts => attempts, job_key => 'platform/' || job_key) j);
end $$;
