select format('journal entry %s: debits minus credits are %s on %s lines', e.number, coalesce(sum(l.debit - l.credit), 0), count(l.id))
from journal_entries e
left join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
group by e.tenant_id, e.id, e.number
having count(l.id) < 2 or coalesce(sum(l.debit - l.credit), 0) <> 0
