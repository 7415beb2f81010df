import duckdb
import pytest

from vidocq.behaviour.direction import everybody, private


def holds(sql: str, address: str) -> bool:
    return duckdb.sql(f"SELECT {sql} FROM (SELECT '{address}' AS ip)").fetchall()[0][0]


@pytest.mark.parametrize(("address", "said"), [("10.0.0.5", True), ("172.31.0.1", True), ("172.32.0.1", False), ("198.51.100.7", False), ("fe80::1", True), ("fd00::7", True), ("2001:db8::1", False), ("100.64.0.1", True), ("100.128.0.1", False)])
def test_private(address, said):
    assert holds(private("ip"), address) is said


@pytest.mark.parametrize(("address", "said"), [("224.0.0.251", True), ("239.255.255.250", True), ("255.255.255.255", True), ("10.0.0.255", True), ("ff02::fb", True), ("198.51.100.7", False)])
def test_everybody(address, said):
    assert holds(everybody("ip"), address) is said
