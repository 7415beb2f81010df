"""What a call to a cloud asked for and got, from the request and the response that OCSF keeps beside it.

Security Lake writes both as text (`api.request.data`, OCSF 1.1), and wrote their fields one by one among the unmapped ones before. What they say
is what the trail of the cloud itself says of the same call (docs.aws.amazon.com, "CloudTrail record contents").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.model.acts import named, number
from vidocq.model.record import at, nested, text

_READS = re.compile(r"(?:Get|List|Describe|Lookup|Head|Batch(?:Get|Describe)|Search|Query|Scan|Check|View|Preview|Simulate)")
_RESOURCES = (
    "bucketName", "roleArn", "roleName", "userName", "instanceId", "functionName", "snapshotId", "secretId", "name", "groupId", "imageId", "keyId", "trailName",
    "dBSnapshotIdentifier", "dBInstanceIdentifier", "dBClusterIdentifier", "logGroupName", "target", "instanceIds", "instancesSet.items.instanceId", "flowLogIds",
)  # fmt: skip
_SHARES = ("launchPermission.add.items", "createVolumePermission.add.items")
_EVERYBODY = re.compile(r'"[Pp]rincipal":.?(?:"AWS":)?.?"[*]"|AllUsers|AuthenticatedUsers|"public-read')
_ACCOUNTS = re.compile(r'(?:(?:"AWS":.?|"[Pp]rincipal":)"|arn:aws[a-z-]*:(?:iam|sts)::)([0-9]{12})[:"]')
# Who holds the key to what is written holds what is written.
_HOLDER = re.compile(r'(?i)kms-?(?:master-?)?key-?id":"arn:aws[a-z-]*:kms:[a-z0-9-]+:([0-9]{12}):')
_BROWSERS = ("signin.amazonaws.com", "AWS Internal", "console.amazonaws.com")


def _part(event: Mapping[str, Any], kept: str, once: str) -> Mapping[str, Any]:
    """The request or the response as an object: where it is kept now, or under the name its fields once had."""
    data = at(event, kept)
    if isinstance(data, str):
        try:
            data = nested(data)
        except ValueError:
            data = None
    if isinstance(data, Mapping):
        return data
    found = dict(_unmapped(event.get("unmapped")))
    return found[once] if isinstance(found.get(once), Mapping) else {k.removeprefix(f"{once}."): v for k, v in found.items() if k.startswith(f"{once}.")}


def _unmapped(said: Any) -> Iterator[tuple[str, Any]]:
    """Names and values, from an object or, as Parquet gives it, from a list of pairs."""
    if isinstance(said, Mapping):
        yield from ((str(k), v) for k, v in said.items())
    for pair in said if isinstance(said, list) else ():
        if isinstance(pair, list | tuple) and len(pair) == 2:
            yield str(pair[0]), pair[1]


def reads(operation: str | None) -> bool:
    """Does an operation of this name only look?"""
    return bool(operation and _READS.match(operation))


def asked(event: Mapping[str, Any], owner: str | None, read_only: bool | None, agent: str | None) -> dict[str, Any]:
    """The columns that request, response and client give; `owner` is the account the call was made in."""
    request, response = _part(event, "api.request.data", "requestParameters"), _part(event, "api.response.data", "responseElements")
    detail = json.dumps(request, separators=(",", ":"), ensure_ascii=False) if request else ""
    return {
        "detail": detail, "shared_with": _outsider(request, detail, owner or "", bool(read_only)), "resource": text(request, *_RESOURCES) or text(response, "instancesSet.items.instanceId"),
        "new_key": text(response, "credentials.accessKeyId", "accessKey.accessKeyId"), "new_session": text(response, "assumedRoleUser.assumedRoleId"),
        "target_user": text(request, "userName", "roleName", "roleArn", "groupName"), "tool": _tool(agent),
        "console": bool(agent and ("Mozilla/" in agent or "Console" in agent or agent in _BROWSERS)),
    }  # fmt: skip


def _outsider(request: Mapping[str, Any], detail: str, owner: str, read_only: bool) -> str | None:
    """To whom a request opens something: an account that is not ours, or everybody. A removal names nobody here."""
    direct = text(request, *(f"{share}.{field}" for share in _SHARES for field in ("userId", "group")), "valuesToAdd")
    if direct or read_only:
        return direct
    plain = re.sub(r"\\[nrt]|\s", "", detail.replace('\\"', '"'))
    if _EVERYBODY.search(plain):
        return "*"
    holder = _HOLDER.search(plain)
    return holder[1] if holder and holder[1] != owner else next((a for a in _ACCOUNTS.findall(plain) if a != owner), None)


def _tool(agent: str | None) -> str | None:
    """The family of a client, without its version. Whoever calls may claim any."""
    if not agent:
        return None
    if "Mozilla/" in agent or "Console" in agent or agent in _BROWSERS[:2]:
        return "console"
    known = next((tool for tool in ("terraform", "pulumi") if tool in agent.lower()), None)
    return known or ("aws service" if agent.endswith(".amazonaws.com") else re.split("[/ ]", agent.lower().lstrip("["))[0])


REFINE = (
    ("api_activity", {
        "act_of": "service || ':' || regexp_replace(operation, '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9](v[0-9]+)?$', '')",
        # A policy arrives as text within text: without escapes and white space one pattern reads both forms.
        "request": r"""COALESCE(regexp_replace(replace(detail, '\"', '"'), '\\[nrt]|\s', '', 'g'), '')""",
    }),
    ("api_activity", {"weighty": number("act_of", "request", "shared_with")}),
    ("api_activity", {
        "detail": "LEFT(detail, 2000)", **{column: named(what, "weighty") for column, what in (("act", "name"), ("tactic", "tactic"), ("technique", "technique"))},
    }),
)  # fmt: skip
"""What the operation did, in the words that every cloud's log shares."""
