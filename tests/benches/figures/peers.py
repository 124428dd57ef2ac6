"""RFM 5×5×5 from raw sales, as somebody with DuckDB or Polars would write it: last day, orders and money of each customer,
quintiles by type 7, scores, means, and how many people stand in each of the eight groups. Asked by the figures line by
line, so that both sides take turns on the same machine; the sales are in memory before the first question."""

import datetime
import json
import sys

import duckdb
import polars as pl

path, today = sys.argv[1], datetime.date.fromisoformat(sys.argv[2])
since = today.replace(year=today.year - 1)
# Cut points are multiples of a fifth and values are whole: what floats lose lies far below.
TOUCH = 1e-6

book = duckdb.connect()
book.execute(
    "CREATE TABLE sales AS SELECT * FROM read_csv(?, header = true,"
    " columns = {'customer_id': 'INTEGER', 'sold_on': 'DATE', 'net': 'BIGINT'})",
    [path],
)
frame = pl.read_csv(path, schema={"customer_id": pl.Int32, "sold_on": pl.Date, "net": pl.Int64})


def steps(value, cuts):
    return " + ".join(f"({value} > {cuts}[{place}] + {TOUCH})::INT" for place in range(1, 5))


QUERY = f"""
WITH facts AS (
    SELECT customer_id,
           date_diff('day', max(sold_on) FILTER (WHERE net > 0), $today) AS r,
           count(*) FILTER (WHERE net > 0 AND sold_on > $since) AS f,
           coalesce(sum(net) FILTER (WHERE sold_on > $since), 0)::BIGINT AS m
    FROM sales WHERE sold_on <= $today GROUP BY customer_id
),
people AS (SELECT * FROM facts WHERE f > 0),
cuts AS (
    SELECT quantile_cont(r::DOUBLE, [0.2, 0.4, 0.6, 0.8]) AS rs, quantile_cont(f::DOUBLE, [0.2, 0.4, 0.6, 0.8]) AS fs,
           quantile_cont(m::DOUBLE, [0.2, 0.4, 0.6, 0.8]) AS ms
    FROM people
),
scored AS (
    SELECT customer_id, 5 - ({steps('r', 'rs')}) AS r, 1 + {steps('f', 'fs')} AS f, 1 + {steps('m', 'ms')} AS m
    FROM people CROSS JOIN cuts
),
means AS (SELECT avg(r) AS r, avg(f) AS f, avg(m) AS m FROM scored)
SELECT scored.r >= means.r, scored.f >= means.f, scored.m >= means.m, count(*)
FROM scored CROSS JOIN means GROUP BY ALL
"""


def by_duckdb():
    return book.execute(QUERY, {"today": today, "since": since}).fetchall()


def by_polars():
    sold, net, recent = pl.col("sold_on"), pl.col("net"), pl.col("sold_on") > since
    people = (
        frame.lazy()
        .filter(sold <= today)
        .group_by("customer_id")
        .agg(
            (pl.lit(today) - sold.filter(net > 0).max()).dt.total_days().alias("r"),
            (recent & (net > 0)).sum().alias("f"),
            net.filter(recent).sum().alias("m"),
        )
        .filter(pl.col("f") > 0)
        .collect()
    )
    above = {
        key: sum(
            (people[key] > people[key].quantile(share, interpolation="linear") + TOUCH).cast(pl.Int32)
            for share in (0.2, 0.4, 0.6, 0.8)
        )
        for key in "rfm"
    }
    scored = pl.DataFrame({"r": 5 - above["r"], "f": 1 + above["f"], "m": 1 + above["m"]})
    high = scored.select((pl.col(key) >= pl.col(key).mean()) for key in "rfm")
    return high.group_by("r", "f", "m").len().rows()


WAYS = {"duckdb": by_duckdb, "polars": by_polars}
print(json.dumps({"duckdb": duckdb.__version__, "polars": pl.__version__}), flush=True)
for line in sys.stdin:
    groups = WAYS[line.strip()]()
    letters = {"".join("+" if high else "-" for high in group[:3]): group[3] for group in groups}
    print(json.dumps(letters), flush=True)
