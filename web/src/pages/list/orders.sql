select 'view', v.name, '', v.orders::numeric
from (
    select count(*) as whole,
           count(*) filter (where state = 'draft') as drafts,
           count(*) filter (where state = 'confirmed') as open,
           count(*) filter (where state = 'confirmed' and expected_date < (select today from p)) as late,
           count(*) filter (where state = 'done') as received,
           count(*) filter (where state = 'cancelled') as cancelled
    from purchase_orders where tenant_id = $1 and archived_at is null
) c,
lateral (values ('', c.whole), ('drafts', c.drafts), ('open', c.open), ('late', c.late), ('received', c.received),
                ('cancelled', c.cancelled)) as v (name, orders)
union all
select 'currency', min(currency), '', count(distinct currency)::numeric
from purchase_orders where tenant_id = $1 and archived_at is null
union all
select 'progress', order_id::text, '', floor(100 * sum(least(received, quantity)) / sum(quantity))
from purchase_order_lines, p where tenant_id = $1 and order_id = any (p.ids)
group by order_id
