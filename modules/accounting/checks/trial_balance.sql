-- The sum of each day shows what the sum of all days shows, and on which day.
select format('the trial balance of %s is off by %s', l.date, sum(l.debit - l.credit))
from journal_lines l
group by l.date
having sum(l.debit - l.credit) <> 0
union all
select format('assets of %s differ from liabilities, equity and result of %s', assets, financed)
from (
    select coalesce(sum(l.debit - l.credit) filter (where a.kind = 'asset'), 0) as assets,
           coalesce(sum(l.credit - l.debit) filter (where a.kind in ('liability', 'equity', 'income', 'expense')), 0) as financed
    from journal_lines l
    join accounts a on a.tenant_id = l.tenant_id and a.id = l.account_id
) b
where assets <> financed
