with numbered as (
    select e.journal_id, extract(year from e.date)::integer as year, substring(e.number from '[0-9]+$')::bigint as place, e.number
    from journal_entries e
)
select format('journal %s, %s: %s follows number %s', j.code, n.year, n.number, n.before)
from (
    select *, coalesce(lag(place) over (partition by journal_id, year order by place), 0) as before
    from numbered
) n
join journals j on j.id = n.journal_id
where n.place <> n.before + 1
union all
-- What the series gave out and the journal does not have: entries cut off at the end.
select format('journal %s, %s: %s numbers were given, the last entry has %s', j.code, s.year, s.given, coalesce(max(n.place), 0))
from (
    select split_part(name, ':', 2)::uuid as journal_id, split_part(name, ':', 3)::integer as year, next - 1 as given
    from number_sequences where name like 'journal:%'
) s
join journals j on j.id = s.journal_id
left join numbered n on n.journal_id = s.journal_id and n.year = s.year
group by j.code, s.year, s.given
having s.given <> coalesce(max(n.place), 0)
