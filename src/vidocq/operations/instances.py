"""Joins what a cloud calls a machine to the machine: instances by the address and name they were started with, and the users that they act as.

The name of an instance is never given twice; its address is its own for as long as it lives. So what was said last before a day holds on that day,
unless another instance was given the address since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from vidocq.engine.machines import Sighting
from vidocq.store.duckdb import Store
from vidocq.store.kept import kept

_INSTANCE = "(^|[:/])(i-[0-9a-f]{8,17})$"
_SAID = """
    SELECT split_part(device, '|', 1) AS instance, split_part(device, '|', 2) AS ip, lower(split_part(device, '|', 3)) AS name, CAST(time AS DATE) AS day
    FROM (SELECT time, unnest(string_split(devices, chr(10))) AS device FROM inventory_info) GROUP BY ALL"""
_USED = f"""
    SELECT DISTINCT 'user' AS kind, actor_user AS name, regexp_extract(actor_user, '{_INSTANCE}', 2) AS instance, CAST(time AS DATE) AS day FROM api_activity WHERE regexp_matches(actor_user, '{_INSTANCE}')
    UNION SELECT DISTINCT 'resource', resource, regexp_extract(resource, '{_INSTANCE}', 2), CAST(time AS DATE) FROM api_activity WHERE regexp_matches(resource, '{_INSTANCE}')
    UNION SELECT DISTINCT 'resource', instance, instance, day FROM ({_SAID}) WHERE instance <> ''"""
_HOSTS = """SELECT DISTINCT lower(host) AS host FROM (SELECT host FROM process_activity UNION SELECT host FROM authentication UNION SELECT host FROM file_activity UNION SELECT host FROM network_activity
    UNION SELECT host FROM detection_finding) WHERE host IS NOT NULL"""
_NAMED = """
    WITH said AS (
        SELECT DISTINCT 'resource' AS kind, resource AS name, lower(regexp_extract(resource, '(?i)/(virtualMachines|instances)/([^/]+)$', 2)) AS host, CAST(time AS DATE) AS day FROM api_activity WHERE regexp_matches(resource, '(?i)/(virtualMachines|instances)/[^/]+$')
        UNION SELECT DISTINCT 'user', actor_user, lower(split_part(actor_user, ':', 3)), CAST(time AS DATE) FROM api_activity WHERE actor_user LIKE 'system:node:%')
    SELECT kind, name, host, day FROM said WHERE host <> ''"""
_READS = ("inventory_info", "api_activity")
_WITH_HOSTS = ("process_activity", "authentication", "file_activity", "network_activity", "detection_finding")


def instances(store: Store, hosts_of: Mapping[tuple[str, date], set[str]]) -> Iterator[Sighting]:
    """The machine behind each instance, and behind whoever acts as one, on the days on which a log names it; `hosts_of` are the machines that had an address on a day.

    A machine that no other log names goes by its instance.
    """
    known = {str(r["host"]) for r in kept(store, _HOSTS, _WITH_HOSTS).to_pylist()}
    said = sorted(((r["day"], r["instance"], r["ip"], r["name"]) for r in kept(store, _SAID, _READS).to_pylist() if r["instance"]), key=repr)
    for r in kept(store, _USED, _READS).to_pylist():
        before = [x for x in said if x[1] == r["instance"] and x[0] <= r["day"]]
        if not before:
            continue
        _, instance, ip, name = before[-1]
        holders = _holders(said, ip, r["day"]) if ip else set()
        host = _host(instance, ip if holders == {instance} else "", name, r["day"], known, hosts_of)
        yield Sighting(r["kind"], r["name"], host, r["day"], "the cloud says which machine it is")
        if holders == {instance} and not hosts_of.get((ip, r["day"])):
            yield Sighting("ip", ip, host, r["day"], "the cloud gave it the address")
    for r in kept(store, _NAMED, _READS).to_pylist():
        if (named := _of_ours(r["host"], known)) is not None:
            yield Sighting(r["kind"], r["name"], named, r["day"], "the cloud names the machine")


def _holders(said: list[tuple[date, str, str, str]], ip: str, day: date) -> set[str]:
    """The instances that were given the address last before the end of the day; two on one day are two."""
    given = [x for x in said if x[2] == ip and x[0] <= day]
    last = max((x[0] for x in given), default=None)
    return {x[1] for x in given if x[0] == last}


def _host(instance: str, ip: str, name: str, day: date, known: set[str], hosts_of: Mapping[tuple[str, date], set[str]]) -> str:
    if name and (host := _of_ours(name, known)) is not None:
        return host
    if instance in known:
        return instance
    for near in ((0,), (-1, 1)):
        found = set().union(*(hosts_of.get((ip, day + timedelta(days=n)), set()) for n in near)) if ip else set()
        if len(found) == 1:
            return next(iter(found))
    return instance


def _of_ours(name: str, known: set[str]) -> str | None:
    """The name under which logs know a machine; None where they know none, or two."""
    if name in known:
        return name
    first = name.partition(".")[0]
    found = {h for h in known if h.partition(".")[0] == first}
    return next(iter(found)) if len(found) == 1 else None
