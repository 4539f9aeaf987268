-- Companies, people and what they may do.

create table platform.tenants (
    id         uuid        not null,
    slug       text        not null,
    state      text        not null default 'active',
    created_at timestamptz not null,
    constraint tenants_pkey primary key (id),
    constraint tenants_slug_key unique (slug),
    constraint tenants_slug_check check (slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
    constraint tenants_state_check check (state in ('active', 'suspended', 'deleted'))
);

-- A person, by e-mail address. The same person may work for several companies.
create table platform.logins (
    id              uuid        not null,
    email           text        not null,
    name            text        not null,
    password_hash   text,
    verified_at     timestamptz,
    failed_attempts integer     not null default 0,
    locked_until    timestamptz,
    created_at      timestamptz not null,
    constraint logins_pkey primary key (id),
    constraint logins_email_check check (email = lower(email))
);
create unique index logins_email_key on platform.logins (email);

create table platform.memberships (
    login_id  uuid    not null,
    tenant_id uuid    not null,
    user_id   uuid    not null,
    active    boolean not null default true,
    constraint memberships_pkey primary key (login_id, tenant_id),
    constraint memberships_login_id_fkey foreign key (login_id) references platform.logins,
    constraint memberships_tenant_id_fkey foreign key (tenant_id) references platform.tenants
);
create unique index memberships_user_id_key on platform.memberships (tenant_id, user_id);

-- A log-in that lasts: one row per refresh token. `family` joins the tokens that came from one log-in, so that the use of
-- an old one ends them all.
create table platform.sessions (
    id           uuid        not null,
    family       uuid        not null,
    login_id     uuid        not null,
    tenant_id    uuid        not null,
    user_id      uuid        not null,
    kind         text        not null,
    token_hash   bytea       not null,
    address      text,
    user_agent   text,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    rotated_at   timestamptz,
    revoked_at   timestamptz,
    constraint sessions_pkey primary key (id),
    constraint sessions_kind_check check (kind in ('api', 'web')),
    constraint sessions_login_id_fkey foreign key (login_id) references platform.logins,
    constraint sessions_tenant_id_fkey foreign key (tenant_id) references platform.tenants
);
create unique index sessions_token_hash_key on platform.sessions (token_hash);
create index sessions_family_idx on platform.sessions (family);
create index sessions_login_idx on platform.sessions (login_id);
create index sessions_user_idx on platform.sessions (tenant_id, user_id);
create index sessions_expires_idx on platform.sessions (expires_at);

-- A link sent by e-mail: password reset, address verification, invitation. Single use, only its hash is kept.
create table platform.mail_links (
    token_hash bytea       not null,
    purpose    text        not null,
    login_id   uuid        not null,
    tenant_id  uuid,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    constraint mail_links_pkey primary key (token_hash),
    constraint mail_links_purpose_check check (purpose in ('reset', 'verify', 'invitation')),
    constraint mail_links_login_id_fkey foreign key (login_id) references platform.logins
);
create index mail_links_login_idx on platform.mail_links (login_id, purpose);

-- Mail that was or will be sent. Without an SMTP server it stays here and is shown at /dev/mail; once sent, its text is
-- blanked, as the links in it are secrets.
create table platform.mails (
    id         uuid        not null,
    tenant_id  uuid,
    recipient  text        not null,
    subject    text        not null,
    text       text        not null,
    html       text        not null,
    created_at timestamptz not null,
    sent_at    timestamptz,
    attempts   integer     not null default 0,
    due_at     timestamptz not null,
    failure    text,
    constraint mails_pkey primary key (id)
);
create index mails_due_idx on platform.mails (due_at) where sent_at is null;
create index mails_newest_idx on platform.mails (created_at);

create table platform.plans (
    code          text    not null,
    name          text    not null,
    position      integer not null,
    price_monthly numeric not null,
    currency      text    not null,
    features      text[]  not null,
    limits        jsonb   not null,
    constraint plans_pkey primary key (code)
);

create table platform.subscriptions (
    tenant_id     uuid        not null,
    plan_code     text        not null,
    state         text        not null,
    trial_ends_at timestamptz,
    started_at    timestamptz not null,
    constraint subscriptions_pkey primary key (tenant_id),
    constraint subscriptions_tenant_id_fkey foreign key (tenant_id) references platform.tenants,
    constraint subscriptions_plan_code_fkey foreign key (plan_code) references platform.plans,
    constraint subscriptions_state_check check (state in ('trial', 'active', 'ended'))
);
grant select, insert, update, delete on all tables in schema platform to kontor_identity;
revoke insert, update, delete on platform.plans, platform.state_moves from kontor_identity;

-- Every feature a module declares; a limit of null is no limit.
insert into platform.plans (code, name, position, price_monthly, currency, features, limits) values
    ('free', 'Free', 1, 0, 'EUR',
     '{core,partners,catalog,inventory,search}',
     '{"users": 2, "writes": 1000, "api_calls": 10000, "assistant_tokens": 0}'),
    ('starter', 'Starter', 2, 29, 'EUR',
     '{core,partners,catalog,inventory,accounting,purchasing,search,imports}',
     '{"users": 5, "writes": 20000, "api_calls": 200000, "assistant_tokens": 200000}'),
    ('growth', 'Growth', 3, 89, 'EUR',
     '{core,partners,catalog,inventory,accounting,purchasing,search,imports,assistant}',
     '{"users": 25, "writes": null, "api_calls": null, "assistant_tokens": 5000000}');

-- The company itself: what stands on its documents and how its pages look.
create table companies (
    tenant_id         uuid        not null,
    id                uuid        not null,
    version           bigint      not null default 1,
    name              text        not null,
    legal_name        text,
    street            text,
    city              text,
    postal_code       text,
    country           text        not null,
    currency          text        not null,
    locale            text        not null,
    time_zone         text        not null,
    fiscal_year_start integer     not null default 1,
    tax_number        text,
    email             text,
    phone             text,
    brand_color       text        not null default '#4F46E5',
    brand_version     bigint      not null default 1,
    logo              bytea,
    logo_type         text,
    document_footer   text,
    created_at        timestamptz not null,
    created_by        uuid,
    updated_at        timestamptz not null,
    updated_by        uuid,
    archived_at       timestamptz,
    constraint companies_pkey primary key (tenant_id, id),
    constraint companies_tenant_id_key unique (tenant_id),
    constraint companies_fiscal_year_start_check check (fiscal_year_start between 1 and 12),
    constraint companies_brand_color_check check (brand_color ~ '^#[0-9A-Fa-f]{6}$'),
    constraint companies_logo_check check ((logo is null) = (logo_type is null) and octet_length(logo) <= 262144)
);
select platform.tenant_table('companies');

-- `roles` are codes of roles: a code never changes and a role is never deleted, so they need no table between.
create table users (
    tenant_id   uuid        not null,
    id          uuid        not null,
    version     bigint      not null default 1,
    login_id    uuid        not null,
    name        text        not null,
    email       text        not null,
    state       text        not null,
    roles       text[]      not null,
    joined_at   timestamptz,
    created_at  timestamptz not null,
    created_by  uuid,
    updated_at  timestamptz not null,
    updated_by  uuid,
    archived_at timestamptz,
    constraint users_pkey primary key (tenant_id, id),
    constraint users_email_key unique (tenant_id, email),
    constraint users_state_check check (state in ('invited', 'active', 'deactivated')),
    constraint users_joined_at_check check (state <> 'active' or joined_at is not null)
);
create index users_state_idx on users (tenant_id, state, id);
create index users_name_idx on users (tenant_id, name, id);
select platform.tenant_table('users');

create table roles (
    tenant_id   uuid        not null,
    id          uuid        not null,
    version     bigint      not null default 1,
    code        text        not null,
    name        text        not null,
    permissions text[]      not null,
    created_at  timestamptz not null,
    created_by  uuid,
    updated_at  timestamptz not null,
    updated_by  uuid,
    archived_at timestamptz,
    constraint roles_pkey primary key (tenant_id, id),
    constraint roles_code_key unique (tenant_id, code),
    constraint roles_code_check check (code ~ '^[a-z0-9]([a-z0-9_-]{0,38}[a-z0-9])?$')
);
create index roles_name_idx on roles (tenant_id, name, id);
select platform.tenant_table('roles');

-- What a company's own transaction may do to the platform's rows, as it may not touch them itself: only for the company
-- it runs for, and only this.

-- Queues a mail in the company's name.
create function platform.mail_queue(id uuid, recipient text, subject text, plain text, html text, at timestamptz)
returns void language sql security definer set search_path = platform, pg_temp as $$
    insert into mails (id, tenant_id, recipient, subject, text, html, created_at, due_at)
    values (id, current_setting('app.tenant_id')::uuid, recipient, subject, plain, html, at, at)
$$;

-- Makes the person with this address a member of the company, not let in until they accept: their login as it is, or a
-- new one without password. Gives the login back.
create function platform.member_add(new_login uuid, member_email text, member_name text, member_user uuid, at timestamptz)
returns uuid language plpgsql security definer set search_path = platform, pg_temp as $$
declare member uuid;
begin
    insert into logins (id, email, name, created_at) values (new_login, lower(member_email), member_name, at)
    on conflict (email) do nothing;
    select l.id into strict member from logins l where l.email = lower(member_email);
    insert into memberships (login_id, tenant_id, user_id, active)
    values (member, current_setting('app.tenant_id')::uuid, member_user, false);
    return member;
end $$;

-- Puts a new invitation in the place of the member's earlier ones.
create function platform.invitation_renew(member_user uuid, hash bytea, at timestamptz, expires timestamptz)
returns void language plpgsql security definer set search_path = platform, pg_temp as $$
declare company uuid := current_setting('app.tenant_id')::uuid; member uuid;
begin
    select m.login_id into strict member from memberships m where m.tenant_id = company and m.user_id = member_user;
    update mail_links set used_at = at
    where login_id = member and tenant_id = company and purpose = 'invitation' and used_at is null;
    insert into mail_links (token_hash, purpose, login_id, tenant_id, created_at, expires_at)
    values (hash, 'invitation', member, company, at, expires);
end $$;

-- Lets a member in or locks them out; out means that every session of theirs in this company has ended.
create function platform.member_set_active(member_user uuid, is_active boolean, at timestamptz)
returns void language plpgsql security definer set search_path = platform, pg_temp as $$
declare company uuid := current_setting('app.tenant_id')::uuid;
begin
    update memberships set active = is_active where tenant_id = company and user_id = member_user;
    if not is_active then
        update sessions set revoked_at = at
        where tenant_id = company and user_id = member_user and revoked_at is null;
    end if;
end $$;

-- Functions are open to everyone until this is said.
revoke execute on all functions in schema platform from public;
grant usage on schema platform to kontor_app;
grant execute on function platform.outbox_partition, platform.outbox_trim, platform.outbox_trim_rest,
    platform.enqueue_platform to kontor_identity;
grant execute on function platform.enqueue, platform.mail_queue, platform.member_add, platform.invitation_renew, platform.member_set_active
    to kontor_app;
