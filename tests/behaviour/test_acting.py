"""Statements about calls of a control plane cost no more than the log is long."""

import duckdb
import pytest

from vidocq.behaviour.acting import at_once, burst

CALLS = 20_000
"""All of one identity within ten minutes: a job that empties a store."""


@pytest.mark.parametrize("statement", [
    burst("COALESCE(resource, uid)", "act = 'data destroyed'", 10, made=True), burst("resource", "act = 'data destroyed'", 5, by="actor_user, tool, src_ip"), at_once("act = 'data destroyed'", 200, "f.tool"),
], ids=["made", "by client", "at once"])  # fmt: skip
def test_a_store_that_is_emptied_fits_into_little_memory(statement):
    con = duckdb.connect(config={"memory_limit": "400MB", "threads": "2"})
    con.execute(f"""CREATE TABLE api_activity AS SELECT TIMESTAMP '2025-01-06 10:00:00' + INTERVAL (i * 600000 // {CALLS}) MILLISECOND AS time, 'e' || i AS uid, 'ann' AS actor_user, 'k' AS actor_key, '198.51.100.7' AS src_ip,
        NULL::VARCHAR AS issuer, 's3' AS service, 'DeleteObject' AS operation, 'o' || i AS resource, 'cli' AS tool, 'data destroyed' AS act, NULL::VARCHAR AS invoked_by, 'T1485' AS technique, 'success' AS status,
        'a' AS account, 'r' AS region FROM range({CALLS}) t(i)""")
    assert con.execute(statement).fetchall()
