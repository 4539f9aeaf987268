-- What is written with every request and hardly ever read is compressed fast rather than small. A PostgreSQL built without
-- LZ4 keeps its own way.
do $$
begin
    alter table audit_log alter column changes set compression lz4;
    alter table idempotency_keys alter column answer set compression lz4;
exception when feature_not_supported then
    raise notice 'this PostgreSQL has no lz4; answers and changes are compressed by pglz';
end $$;
