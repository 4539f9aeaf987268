select format('journal entry %s of %s: debits are %s, credits %s, on %s lines',
              e.number, e.amount, coalesce(sum(l.debit), 0), coalesce(sum(l.credit), 0), count(l.id))
from journal_entries e
left join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
group by e.tenant_id, e.id, e.number, e.amount
having count(l.id) < 2 or sum(l.debit) <> sum(l.credit) or sum(l.debit) <> e.amount
