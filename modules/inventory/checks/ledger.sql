-- If the changes of every single date agree, so do the balances at every date.
with stock as (
    select date, sum(value) as value from stock_moves group by date
), ledger as (
    select l.date, sum(l.debit - l.credit) as value
    from journal_lines l
    join accounts a on a.id = l.account_id and a.purpose = 'inventory'
    group by l.date
)
select format('%s: stock changed by %s, the inventory account by %s', date, coalesce(s.value, 0), coalesce(l.value, 0))
from stock s full join ledger l using (date)
where coalesce(s.value, 0) <> coalesce(l.value, 0)
