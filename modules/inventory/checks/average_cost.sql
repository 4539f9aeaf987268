select format('product %s at %s: %s on hand worth %s at an average of %s', p.code, o.code, s.on_hand, s.value, s.average_cost)
from stock_levels s
join products p on p.id = s.product_id
join locations o on o.id = s.location_id
where case when s.on_hand = 0 then s.value <> 0 else s.average_cost <> round(s.value / s.on_hand, 6) end
