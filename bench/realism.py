"""Can a machine tell our innocent logs from recorded ones? The better it can, the less the simulation is life; and it says what gives it away.

    python bench/realism.py [--cases ../shared/cases] [--seed 1] [--days 2] [--people 20]

For each kind of log a classifier sees single events: sizes, durations, ports, gaps, the shape of names, statuses; no clock, no address, no name. The events of
a host and day are in one fold, so that it cannot know a host again. 0.5: it cannot tell them apart; 1.0: it always can. Needs scikit-learn (`pip install -e '.[bench]'`).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from vidocq.catalogue import load
from vidocq.operations.ingest import ingest
from vidocq.operations.simulate.write import simulate
from vidocq.store.duckdb import Store

MOST, FOLDS, NAMED = 6000, 5, 4
"""Events of a side, folds, and features named for each kind of log."""
RECORDED = ("net-app-diversity", "net-proxy-office-2h", "net-public-pc-a", "net-public-pc-b", "net-workstations-http-24h", "cloud-quiet-account", "windows-benign-logs", "cloud-web-access-logs")
"""Recordings of innocent life."""


def gap(*by: str) -> str:
    """How long ago the same did something of the kind, in seconds, on a scale of powers."""
    return f"LN(1 + EPOCH(time - LAG(time) OVER (PARTITION BY {', '.join(by)} ORDER BY time, uid)))"


def size(column: str) -> str:
    return f"LN(1 + GREATEST({column}, 0))"


def shape(name: str, text: str) -> dict[str, str]:
    """The shape of a name without its last part: made-up names all end alike."""
    stem = f"regexp_replace({text}, '\\.[^.]*$', '')"
    letters = f"list_filter(str_split({stem}, ''), lambda x: x <> '')"
    return {
        f"{name} length": f"LENGTH({stem})", f"{name} labels": f"LENGTH({stem}) - LENGTH(REPLACE({stem}, '.', ''))",
        f"{name} letters": f"list_unique({letters}) / GREATEST(LENGTH({stem}), 1)", f"{name} digits": f"LENGTH(regexp_replace({stem}, '[^0-9]', '', 'g')) / GREATEST(LENGTH({stem}), 1)",
    }


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of log: where its events stand, whose they are, and what is looked at. Texts among the features are categories."""

    table: str
    source: str
    host: str
    features: dict[str, str]


KINDS = {
    "Zeek conn": Kind("network_activity", "zeek", "src_ip", {
        "duration": size("duration"), "bytes out": size("bytes_out"), "bytes in": size("bytes_in"), "packets out": size("packets_out"), "packets in": size("packets_in"), "port": "dst_port",
        "protocol": "protocol", "service": "app", "state": "state", "gap of the machine": gap("src_ip"), "gap of the pair": gap("src_ip", "dst_ip"),
        "bytes a packet": "bytes_out / NULLIF(packets_out, 0)", "bytes a packet in": "bytes_in / NULLIF(packets_in, 0)",
    }),
    "Zeek dns": Kind("dns_activity", "zeek", "src_ip", {
        **shape("name", "query"), "type": "qtype", "code": "rcode", "time to live": size("ttl"), "answers": "LENGTH(CAST(answers AS VARCHAR))", "gap of the machine": gap("src_ip"), "gap of the name": gap("src_ip", "query"),
    }),
    "Zeek http": Kind("http_activity", "zeek", "src_ip", {
        "method": "method", "status": "status_code", "bytes out": size("bytes_out"), "bytes in": size("bytes_in"), "type": "mime", "length of the URL": "LENGTH(url)", "depth of the URL": "LENGTH(url) - LENGTH(REPLACE(url, '/', ''))",
        "length of the client's name": "LENGTH(user_agent)", "port": "dst_port", "has a referrer": "CAST(referrer IS NOT NULL AS INTEGER)", "gap of the machine": gap("src_ip"), "gap of the pair": gap("src_ip", "host"),
    }),
    "Zeek ssl": Kind("tls_activity", "zeek", "src_ip", {
        **shape("server", "server_name"), "version": "version", "cipher": "cipher", "port": "dst_port", "has a name": "CAST(server_name IS NOT NULL AS INTEGER)", "shows its certificate": "CAST(subject IS NOT NULL AS INTEGER)",
        "established": "CAST(established AS INTEGER)", "gap of the machine": gap("src_ip"), "gap of the pair": gap("src_ip", "dst_ip"),
    }),
    "CloudTrail": Kind("api_activity", "aws_cloudtrail", "COALESCE(issuer, actor_user)", {
        "reads only": "CAST(read_only AS INTEGER)", "status": "status", "error": "error", "kind of actor": "actor_type", "second factor": "CAST(mfa AS INTEGER)", "console": "CAST(console AS INTEGER)", "service": "service",
        "length of the client's name": "LENGTH(user_agent)", "called by a service": "CAST(invoked_by IS NOT NULL AS INTEGER)", "names a resource": "CAST(resource IS NOT NULL AS INTEGER)", "gap of the identity": gap("actor_user"),
        "gap of the operation": gap("actor_user", "operation"),
    }),
    "Windows": Kind("windows", "windows_event", "host", {
        "event": "event", "kind of logon": "logon", "status": "status", "length of the command": "LENGTH(command)", "length of the program": "LENGTH(process)", "depth of the program": "LENGTH(process) - LENGTH(REPLACE(process, '\\', ''))",
        "has a parent": "CAST(parent IS NOT NULL AS INTEGER)", "gap of the machine": gap("host"), "gap of the event": gap("host", "event"),
    }),
    "web access": Kind("http_activity", "web_access", "src_ip", {
        "method": "method", "status": "status_code", "bytes in": size("bytes_in"), "length of the URL": "LENGTH(url)", "depth of the URL": "LENGTH(url) - LENGTH(REPLACE(url, '/', ''))",
        "length of the client's name": "LENGTH(user_agent)", "has a referrer": "CAST(referrer IS NOT NULL AS INTEGER)", "gap of the visitor": gap("src_ip"),
    }),
}
_WINDOWS = """CREATE TEMP VIEW windows AS
SELECT time, uid, source, host, 'process/' || COALESCE(operation, '') AS event, NULL AS logon, NULL AS status, command, process, parent FROM process_activity
UNION ALL SELECT time, uid, source, host, 'logon/' || COALESCE(service, ''), logon_type, status, NULL, NULL, NULL FROM authentication
UNION ALL SELECT time, uid, source, host, 'file/' || COALESCE(operation, ''), NULL, NULL, NULL, process, NULL FROM file_activity
UNION ALL SELECT time, uid, source, host, 'registry/' || COALESCE(operation, ''), NULL, NULL, NULL, process, NULL FROM registry_activity
UNION ALL SELECT time, uid, source, host, 'account/' || COALESCE(operation, ''), NULL, NULL, NULL, NULL, NULL FROM account_change
UNION ALL SELECT time, uid, source, host, 'connection', NULL, NULL, NULL, process, NULL FROM network_activity
UNION ALL SELECT time, uid, source, host, 'other/' || COALESCE(type, ''), NULL, NULL, NULL, NULL, NULL FROM base_event"""


def read(folders: Sequence[Path]) -> Store:
    store = Store()
    for _ in ingest(store, load(), folders):
        pass
    store.execute(_WINDOWS)
    return store


def rows(store: Store, kind: Kind) -> list[dict[str, Any]]:
    """Events with their features, MOST at most, and the host and day that each belongs to."""
    said = ", ".join(f'{sql} AS "{name}"' for name, sql in kind.features.items())
    return store.rows(
        f"SELECT * FROM (SELECT COALESCE(CAST({kind.host} AS VARCHAR), '') || '/' || CAST(time AS DATE) AS host_day, hash(uid) AS place, {said} FROM \"{kind.table}\" WHERE source = '{kind.source}')"
        f" ORDER BY place, host_day LIMIT {MOST}"
    )


def numbers(both: Sequence[dict[str, Any]], names: Sequence[str]) -> np.ndarray:
    """A column for each feature; a text is the rank of how often it is seen."""
    columns = []
    for name in names:
        values = [r[name] for r in both]
        if any(isinstance(v, str) for v in values):
            seen: dict[Any, int] = {}
            for v in values:
                seen[v] = seen.get(v, 0) + 1
            rank = {v: float(n) for n, v in enumerate(sorted(seen, key=lambda v: (-seen[v], str(v))))}
            columns.append([rank[v] if v is not None else np.nan for v in values])
        else:
            columns.append([np.nan if v is None else float(v) for v in values])
    return np.array(columns, float).T


@dataclass(frozen=True, slots=True)
class Told:
    """How well the two sides are told apart, and by what: the loss of AUC where a feature is shuffled."""

    auc: float
    by: tuple[tuple[str, float], ...]


def tell_apart(x: np.ndarray, y: np.ndarray, groups: np.ndarray, names: Sequence[str]) -> Told | None:
    """None where there are too few hosts and days to judge."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.inspection import permutation_importance
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import StratifiedGroupKFold

    folds = min(FOLDS, *(len(set(groups[y == side])) for side in (0, 1)))
    if folds < 2:
        return None
    aucs, losses = [], []
    for train, test in StratifiedGroupKFold(folds, shuffle=True, random_state=0).split(x, y, groups):
        if len(set(y[test])) < 2 or len(set(y[train])) < 2:
            continue
        # The two sides weigh the same, however many events each has.
        weight = np.where(y[train] == 1, 1 / max((y[train] == 1).sum(), 1), 1 / max((y[train] == 0).sum(), 1)) * len(train) / 2
        model = HistGradientBoostingClassifier(max_iter=80, random_state=0).fit(x[train], y[train], sample_weight=weight)
        aucs.append(roc_auc_score(y[test], model.predict_proba(x[test])[:, 1]))
        losses.append(permutation_importance(model, x[test], y[test], scoring="roc_auc", n_repeats=2, random_state=0).importances_mean)
    if not aucs:
        return None
    mean = np.mean(losses, axis=0)
    order = np.argsort(-mean)[:NAMED]
    return Told(float(np.mean(aucs)), tuple((names[i], float(mean[i])) for i in order if mean[i] > 0.002))


def compare(recorded: Store, simulated: Store) -> list[str]:
    """The lines of the table."""
    out = ["| log | recorded events | simulated | AUC | given away by (loss of AUC without it) |", "|---|--:|--:|--:|---|"]
    for name, kind in KINDS.items():
        one, two = rows(recorded, kind), rows(simulated, kind)
        told = None
        if min(len(one), len(two)) >= 50:
            both, y = one + two, np.array([0] * len(one) + [1] * len(two))
            groups = np.unique([f"{side}/{r['host_day']}" for side, r in zip(y.tolist(), both, strict=True)], return_inverse=True)[1]
            told = tell_apart(numbers(both, list(kind.features)), y, groups, list(kind.features))
        by = ", ".join(f"{feature} {loss:.3f}" for feature, loss in told.by) if told else "too little of one side"
        out.append(f"| {name} | {len(one):,} | {len(two):,} | {f'{told.auc:.3f}' if told else '–'} | {by} |")
    return out


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--cases", type=Path, default=Path(__file__).parents[2] / "shared" / "cases")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--days", type=int, default=2)
    ask.add_argument("--people", type=int, default=20)
    told = ask.parse_args()
    there = [p for name in RECORDED if (p := told.cases / name / "input").is_dir()]
    if not there:
        print(f"  no recordings at {told.cases}: nothing to compare with")
        return
    try:
        import sklearn  # noqa: F401
    except ImportError:
        print("  needs scikit-learn: pip install -e '.[bench]'")
        return
    with tempfile.TemporaryDirectory(prefix="realism-") as scratch:
        simulate(Path(scratch) / "case", seed=told.seed, days=told.days, people=told.people, scenarios=())
        recorded, made = read(there), read([Path(scratch) / "case" / "input"])
        print("\n".join(compare(recorded, made)))


if __name__ == "__main__":
    sys.exit(main())
