-- The last eight months, the earliest first: what was ordered, what came of it, and how many orders were late at the end.
-- Of a closed order only what came counts: the rest was given up on a day that the order does not keep.
with months as (
    select first, (first + interval '1 month')::date as next
    from (select (date_trunc('month', $2::date) - make_interval(months => n))::date as first from generate_series(0, 7) n) m
), ordered as (
    select date_trunc('month', o.order_date)::date as first,
           sum(l.amount * case o.state when 'done' then least(l.received / l.quantity, 1) else 1 end * o.exchange_rate) as amount
    from purchase_orders o
    join purchase_order_lines l on l.tenant_id = o.tenant_id and l.order_id = o.id
    where o.tenant_id = $1 and o.state in ('confirmed', 'done') and o.order_date >= (select min(first) from months)
    group by 1
), received as (
    -- More than was ordered commits the company to nothing: it is spread over the line's receipts and left out.
    select date_trunc('month', r.date)::date as first,
           sum(l.amount * g.quantity / greatest(l.quantity, l.received) * o.exchange_rate) as amount
    from goods_receipts r
    join goods_receipt_lines g on g.tenant_id = r.tenant_id and g.receipt_id = r.id
    join purchase_order_lines l on l.tenant_id = g.tenant_id and l.id = g.purchase_order_line_id
    join purchase_orders o on o.tenant_id = r.tenant_id and o.id = r.purchase_order_id
    where r.tenant_id = $1 and r.date >= (select min(first) from months)
    group by 1
), due as (
    -- What is open, or was when one of these months began, with the day on which the last of its goods came.
    select o.order_date, o.expected_date, case o.state when 'done' then r.last end as complete
    from purchase_orders o
    left join (
        select purchase_order_id, max(date) as last from goods_receipts
        where tenant_id = $1 and date >= (select min(first) from months) group by 1
    ) r on r.purchase_order_id = o.id
    where o.tenant_id = $1 and (o.state = 'confirmed' or o.state = 'done' and r.last is not null)
)
select m.first, coalesce(o.amount, 0), coalesce(r.amount, 0),
       (select count(*) from due d
        where d.order_date < m.next and d.expected_date < m.next - 1 and (d.complete is null or d.complete >= m.next))
from months m
left join ordered o on o.first = m.first
left join received r on r.first = m.first
order by m.first
