select format('product %s at %s: %s on hand, %s reserved', p.code, o.code, s.on_hand, s.reserved)
from stock_levels s
join products p on p.id = s.product_id
join locations o on o.id = s.location_id
where s.on_hand < 0 or s.reserved < 0 or s.reserved > s.on_hand or o.kind <> 'internal'
