"""Who is given what by a change of an IAM policy: what an entry tells as a difference, else the whole policy that was set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vidocq.content.sources.google_cloud.deeds import BROAD
from vidocq.model.control_plane import outsiders
from vidocq.model.record import every, text

EVERYBODY = ("allusers", "allauthenticatedusers")
_BROAD = re.compile(BROAD)
_PROJECT = re.compile(r"@([a-z0-9.:-]+?)\.iam\.gserviceaccount\.com$")
_DATA = re.compile(r"/(?:snapshots|images|machineimages|disks)/")


@dataclass(frozen=True, slots=True)
class Grant:
    """A role and who is given it."""

    role: str
    member: str

    @property
    def name(self) -> str:
        """The member without its kind: `ann@example.com` of `user:ann@example.com`."""
        return self.member.split(":", 1)[1] if ":" in self.member and not self.member.startswith("principal") else self.member


def _deltas(payload: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for path in ("serviceData.policyDelta.bindingDeltas", "metadata.datasetChange.bindingDeltas", "metadata.tableChange.bindingDeltas", "metadata.policyDelta.bindingDeltas"):
        yield from (d for d in every(payload, path) if isinstance(d, Mapping))


def grants(payload: Mapping[str, Any]) -> tuple[Grant, ...]:
    """What is given; a policy that is told whole counts as given where no difference is told."""
    deltas = list(_deltas(payload))
    if deltas:
        return tuple(Grant(text(d, "role") or "", text(d, "member") or "") for d in deltas if (text(d, "action") or "").upper() == "ADD")
    if any(every(payload, "serviceData.policyDelta")) and any(every(payload, "serviceData.policyDelta.auditConfigDeltas")):
        return ()
    bound = [*every(payload, "request.policy.bindings")]
    return tuple(Grant(text(b, "role") or "", str(m)) for b in bound for m in every(b, "members"))


def _outside(grant: Grant, actor: str | None, account: str | None, resource: str) -> bool:
    """Whether a person of another house, or for a disk's copy another project's program, is let in."""
    kind = grant.member.partition(":")[0]
    if kind in ("user", "group") and "@" in grant.name:
        # A program has no house of its own: to it only the public mail services are strangers.
        return outsiders(None if (actor or "").endswith("gserviceaccount.com") else actor, [grant.name]) is not None
    home = _PROJECT.search(grant.name.lower())
    return kind == "serviceAccount" and home is not None and home[1] != (account or "").lower() and _DATA.search(resource.lower()) is not None


def weighed(payload: Mapping[str, Any], actor: str | None, account: str | None) -> dict[str, list[str]]:
    """Whom a policy lets in: `everybody`, `outside` the house, with `broad` rights; and what `audit` it stops writing. Only what there is."""
    given = grants(payload)
    resource = text(payload, "resourceName") or ""
    found = {
        "everybody": [g.member for g in given if g.member.lower() in EVERYBODY],
        "outside": [g.name for g in given if _outside(g, actor, account, resource)],
        "broad": [g.name for g in given if _BROAD.search(g.role.lower())],
        "audit": [
            text(d, "logType", "exemptedMember") or "all" for d in every(payload, "serviceData.policyDelta.auditConfigDeltas")
            if ((text(d, "action") or "").upper() == "REMOVE") != bool(text(d, "exemptedMember"))
        ],
    }
    return {k: list(dict.fromkeys(v)) for k, v in found.items() if v}
