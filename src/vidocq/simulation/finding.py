"""A finding of GuardDuty in the form in which it is exported. Source: docs.aws.amazon.com, "GuardDuty finding format"."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from vidocq.simulation import ids
from vidocq.simulation.clock import second
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line


def made(firm: Firm, rng: Random, at: float, kind: str, severity: int, title: str, resource: Mapping[str, Any], action: Mapping[str, Any], seen: float, count: int = 1, role: str = "TARGET") -> Line:
    """A finding told at `at` about what was first seen at `seen`."""
    uid, detector = ids.hexes(rng, 32), ids.hexes(Random(f"{firm.seed}/detector"), 32)
    record = {
        "schemaVersion": "2.0", "accountId": firm.account, "region": firm.region, "partition": "aws", "id": uid, "arn": f"arn:aws:guardduty:{firm.region}:{firm.account}:detector/{detector}/finding/{uid}", "type": kind,
        "resource": dict(resource),
        "service": {"serviceName": "guardduty", "detectorId": detector, "action": dict(action), "resourceRole": role, "eventFirstSeen": second(seen), "eventLastSeen": second(seen), "archived": False, "count": count},
        "severity": severity, "createdAt": second(at), "updatedAt": second(at), "title": title, "description": title,
    }
    return Line(at, "guardduty", uid, record)


def finding(firm: Firm, line: Line, kind: str, severity: int, title: str, resource: Mapping[str, Any], action: Mapping[str, Any]) -> Line:
    """What is made of one line, some minutes later."""
    rng = Random(f"{kind}/{line.uid}")
    return made(firm, rng, line.at + rng.uniform(180, 900), kind, severity, title, resource, action, line.at)
