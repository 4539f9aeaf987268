-- An idempotency key is written with its answer, so there is none without.
alter table idempotency_keys
    alter column status set not null,
    alter column answer set not null;
