with moved as (
    select product_id, location_id, sum(quantity) as quantity
    from (
        select product_id, to_location_id as location_id, quantity from stock_moves
        union all
        select product_id, from_location_id, -quantity from stock_moves
    ) m
    join locations o on o.id = m.location_id and o.kind = 'internal'
    group by product_id, location_id
)
select format('product %s at %s: %s on hand, the moves come to %s', p.code, o.code, coalesce(s.on_hand, 0), coalesce(m.quantity, 0))
from stock_levels s
full join moved m on m.product_id = s.product_id and m.location_id = s.location_id
join products p on p.id = coalesce(s.product_id, m.product_id)
join locations o on o.id = coalesce(s.location_id, m.location_id)
where coalesce(s.on_hand, 0) <> coalesce(m.quantity, 0)
