-- What an entry's debits sum to is kept with it, so that a journal shows and orders its entries by amount without reading
-- their lines.

alter table journal_entries add column amount numeric;

-- Posted rows never change, and their owner sees none of them: both are lifted while the new column is filled.
alter table journal_entries no force row level security, disable trigger append_only;
alter table journal_lines no force row level security;
update journal_entries e set amount = (
    select coalesce(sum(l.debit), 0) from journal_lines l where l.tenant_id = e.tenant_id and l.entry_id = e.id);
alter table journal_lines force row level security;
alter table journal_entries force row level security, enable trigger append_only, alter column amount set not null;
create index journal_entries_amount_idx on journal_entries (tenant_id, amount, id);

-- Debits equal credits and the entry's amount, to the minor unit, whoever wrote the entry. Checked at commit, once per entry.
create or replace function platform.guard_balance() returns trigger language plpgsql as $$
declare debits numeric; difference numeric; lines integer;
begin
    select coalesce(sum(debit), 0), coalesce(sum(debit - credit), 0), count(*) into debits, difference, lines
    from journal_lines where tenant_id = new.tenant_id and entry_id = new.id;
    if difference <> 0 or lines < 2 then
        raise exception 'journal entry % is out of balance by %', new.number, difference using errcode = 'KT003';
    end if;
    if debits <> new.amount then
        raise exception 'journal entry % is of % and has debits of %', new.number, new.amount, debits using errcode = 'KT003';
    end if;
    return null;
end $$;
