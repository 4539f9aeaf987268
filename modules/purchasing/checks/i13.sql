-- Received is the sum of the goods receipts and at most ordered × (1 + tolerance); the order's progress follows from it.
with received as (
    select purchase_order_line_id as line_id, sum(quantity) as quantity
    from goods_receipt_lines group by purchase_order_line_id
), line as (
    select o.id as order_id, o.number, o.receipt, l.position, l.quantity, l.received, coalesce(r.quantity, 0) as receipts,
           l.quantity * (1 + s.receipt_tolerance / 100) as most
    from purchase_order_lines l
    join purchase_orders o on o.tenant_id = l.tenant_id and o.id = l.order_id
    join purchasing_settings s on s.tenant_id = l.tenant_id
    left join received r on r.line_id = l.id
)
select format('line %s of %s: received %s, its goods receipts say %s', position, number, received, receipts)
from line where received <> receipts
union all
select format('line %s of %s: received %s of %s ordered', position, number, received, quantity)
from line where received > most
union all
select format('%s says receipt %s, its lines say %s', number, receipt, derived)
from (
    select number, receipt,
           case when bool_and(received >= quantity) then 'full' when bool_or(received > 0) then 'partial' else 'none' end as derived
    from line group by order_id, number, receipt
) o where receipt <> derived
