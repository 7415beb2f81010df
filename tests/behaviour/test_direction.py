import duckdb
import pytest

from vidocq.behaviour.direction import HOME, TALKS, everybody, private


def holds(sql: str, address: str) -> bool:
    return duckdb.sql(f"SELECT {sql} FROM (SELECT '{address}' AS ip)").fetchall()[0][0]


@pytest.mark.parametrize(("address", "said"), [("10.0.0.5", True), ("172.31.0.1", True), ("172.32.0.1", False), ("198.51.100.7", False), ("fe80::1", True), ("fd00::7", True), ("2001:db8::1", False), ("100.64.0.1", True), ("100.128.0.1", False)])
def test_private(address, said):
    assert holds(private("ip"), address) is said


@pytest.mark.parametrize(("address", "said"), [("224.0.0.251", True), ("239.255.255.250", True), ("255.255.255.255", True), ("10.0.0.255", True), ("ff02::fb", True), ("198.51.100.7", False)])
def test_everybody(address, said):
    assert holds(everybody("ip"), address) is said


def flows(*rows):
    """A network_activity of its own: (second, source, its port, destination, its port)."""
    con = duckdb.connect()
    con.sql("""CREATE TABLE network_activity (time TIMESTAMP, uid VARCHAR, src_ip VARCHAR, src_port INTEGER, dst_ip VARCHAR, dst_port INTEGER, protocol VARCHAR, established BOOLEAN, app VARCHAR,
        duration DOUBLE, bytes_out BIGINT, bytes_in BIGINT, packets_out BIGINT, packets_in BIGINT)""")
    for n, (second, *ends) in enumerate(rows):
        con.execute("INSERT INTO network_activity VALUES (TIMESTAMP '2025-01-06 10:00:00' + to_seconds(?), ?, ?, ?, ?, ?, 'tcp', TRUE, NULL, 9, 100, 700, 2, 3)", [second, str(n), *ends])
    return con


def test_a_public_address_that_opens_nearly_everything_is_ours():
    con = flows(*[(n, "198.51.100.7", 50000 + n, "203.0.113.9", 443) for n in range(30)], (99, "192.0.2.1", 40000, "198.51.100.7", 22))
    assert con.sql(f"WITH {HOME} SELECT ip FROM home").fetchall() == [("198.51.100.7",)]


def test_a_stranger_who_calls_now_and_then_is_not():
    con = flows(*[(n, "10.0.0.5", 50000 + n, "203.0.113.9", 443) for n in range(30)], *[(n, "198.51.100.7", 40000, "10.0.0.5", 22) for n in range(4)])
    assert con.sql(f"WITH {HOME} SELECT ip FROM home").fetchall() == []


def test_the_rest_of_a_conversation_is_turned_round():
    con = flows((0, "10.0.0.5", 51000, "203.0.113.9", 3333), (60, "203.0.113.9", 3333, "10.0.0.5", 51000), (70, "203.0.113.9", 40000, "10.0.0.5", 22))
    assert con.sql(f"WITH {HOME}, {TALKS} SELECT uid, src_ip, dst_port, bytes_out FROM talks ORDER BY uid").fetchall() == [("0", "10.0.0.5", 3333, 100), ("1", "10.0.0.5", 3333, 700)]
