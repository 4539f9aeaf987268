-- Work in progress of people: imports and conversations with the assistant.

-- `content` is the file while it may still be needed, and empty after. `mapping` is what a person said, null for a guess.
create table imports (
    tenant_id  uuid        not null,
    id         uuid        not null,
    version    bigint      not null default 1,
    entity     text        not null,
    file_name  text        not null,
    content    bytea       not null,
    mapping    jsonb,
    columns    jsonb       not null,
    notices    jsonb       not null default '[]',
    dry_run    boolean     not null,
    state      text        not null,
    rows       integer     not null default 0,
    processed  integer     not null default 0,
    created    integer     not null default 0,
    updated    integer     not null default 0,
    unchanged  integer     not null default 0,
    errors     jsonb       not null default '[]',
    created_at timestamptz not null,
    created_by uuid,
    updated_at timestamptz not null,
    updated_by uuid,
    constraint imports_pkey primary key (tenant_id, id),
    constraint imports_state_check check (state in ('running', 'checked', 'done', 'rejected'))
);
create index imports_content_idx on imports (tenant_id, created_at) where octet_length(content) > 0;
create index imports_running_idx on imports (tenant_id, id) where state = 'running';
select platform.tenant_table('imports');

create table conversations (
    tenant_id  uuid        not null,
    id         uuid        not null,
    user_id    uuid        not null,
    title      text        not null,
    pending    jsonb,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint conversations_pkey primary key (tenant_id, id),
    constraint conversations_user_id_fkey foreign key (tenant_id, user_id) references users (tenant_id, id)
);
create index conversations_user_idx on conversations (tenant_id, user_id, updated_at);
select platform.tenant_table('conversations');

create table messages (
    tenant_id       uuid        not null,
    id              uuid        not null,
    conversation_id uuid        not null,
    author          text        not null,
    text            text        not null,
    citations       jsonb       not null default '[]',
    answer_to       uuid,
    created_at      timestamptz not null,
    constraint messages_pkey primary key (tenant_id, id),
    constraint messages_conversation_id_fkey foreign key (tenant_id, conversation_id) references conversations (tenant_id, id),
    constraint messages_answer_to_key unique (tenant_id, answer_to),
    constraint messages_answer_to_fkey foreign key (tenant_id, answer_to) references messages (tenant_id, id),
    constraint messages_answer_to_check check ((author = 'assistant') = (answer_to is not null)),
    constraint messages_author_check check (author in ('user', 'assistant'))
);
create index messages_conversation_idx on messages (tenant_id, conversation_id, id);
select platform.tenant_table('messages');

-- What the assistant offers to do. `input` is exactly what a confirmation writes and `preview` the record as it was shown;
-- both keep their text (json, not jsonb), as the hash binds them. It is confirmed once, before it expires.
create table proposals (
    tenant_id       uuid        not null,
    id              uuid        not null,
    conversation_id uuid        not null,
    message_id      uuid        not null,
    user_id         uuid        not null,
    command         text        not null,
    title           text        not null,
    input           json        not null,
    preview         json        not null,
    hash            bytea       not null,
    state           text        not null default 'open',
    result_type     text,
    result_id       uuid,
    created_at      timestamptz not null,
    expires_at      timestamptz not null,
    constraint proposals_pkey primary key (tenant_id, id),
    constraint proposals_conversation_id_fkey foreign key (tenant_id, conversation_id) references conversations (tenant_id, id),
    constraint proposals_message_id_fkey foreign key (tenant_id, message_id) references messages (tenant_id, id),
    constraint proposals_user_id_fkey foreign key (tenant_id, user_id) references users (tenant_id, id),
    constraint proposals_state_check check (state in ('open', 'confirmed', 'dismissed')),
    constraint proposals_result_check check ((state = 'confirmed') = (result_id is not null))
);
create index proposals_conversation_idx on proposals (tenant_id, conversation_id, id);
create index proposals_message_idx on proposals (tenant_id, message_id, id);
select platform.tenant_table('proposals');
