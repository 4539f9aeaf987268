-- What an edit that keeps the books balanced still leaves behind. The hash chain shows the rest.
select format('journal entry %s was changed after it was posted', e.number)
from journal_entries e
where e.version <> 1 or e.updated_at <> e.created_at or e.archived_at is not null
union all
select format('journal entry %s of %s has a line of %s', e.number, e.date, l.date)
from journal_lines l
join journal_entries e on e.tenant_id = l.tenant_id and e.id = l.entry_id
where l.date <> e.date
