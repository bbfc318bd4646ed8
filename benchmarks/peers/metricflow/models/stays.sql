select stay_id, provider, destination, entry_date, case when destination = 'rental' then 1 else 0 end as is_home
from read_csv('stays.csv')
