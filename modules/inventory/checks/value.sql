select format('product %s in %s: stock is worth %s, the moves come to %s', p.code, w.code, coalesce(s.value, 0), coalesce(m.value, 0))
from (select product_id, warehouse_id, sum(value) as value from stock_levels group by product_id, warehouse_id) s
full join (select product_id, warehouse_id, sum(value) as value from stock_moves group by product_id, warehouse_id) m
    on m.product_id = s.product_id and m.warehouse_id = s.warehouse_id
join products p on p.id = coalesce(s.product_id, m.product_id)
join warehouses w on w.id = coalesce(s.warehouse_id, m.warehouse_id)
where coalesce(s.value, 0) <> coalesce(m.value, 0)
