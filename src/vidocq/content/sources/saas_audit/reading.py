"""A record of any of the services, as events."""

from __future__ import annotations

import ipaddress
import json
import pkgutil
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from vidocq.behaviour.clients import family
from vidocq.content.sources.saas_audit import services
from vidocq.content.sources.saas_audit.service import Paths, Record, Rule, Service, standing
from vidocq.content.sources.saas_audit.words import ACTS, act_by_words
from vidocq.model.clock import moment
from vidocq.model.record import as_json, at, every, named, text
from vidocq.model.source import Row

LONGEST = 2000
"""Characters of a request that are kept, as of every cloud."""
NAME = 300
_SIGN = re.compile(r"[.\s$@/-]+")
_PORT = re.compile(r"(?<=[0-9\]]):[0-9]+$")
_DOMAIN = re.compile(r"@([^@\s>]+)$")


def _every_service() -> tuple[Service, ...]:
    """The services of all modules below `services/`; the more marks a record must have, the earlier it is looked for."""
    found = [s for info in pkgutil.iter_modules(services.__path__) for s in import_module(f"{services.__name__}.{info.name}").SERVICES]
    return tuple(sorted(found, key=lambda s: (-len(s.marks) - len(s.like), s.name)))


SERVICES = _every_service()


def lowered(value: Any, depth: int = 0) -> Any:
    """The same with names in lower case and without signs: collectors change both."""
    if isinstance(value, Mapping) and depth < 40:
        return {_SIGN.sub("_", str(k)).lower(): lowered(v, depth + 1) for k, v in value.items()}
    return [lowered(v, depth + 1) for v in value] if isinstance(value, list) and depth < 40 else value


def service_of(record: Record) -> Service | None:
    """Whose record it is; names must be in lower case."""
    return next((s for s in SERVICES if s.knows(record)), None)


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    """The call that a record tells of, the sign-in and the alert if it is one; nothing if no service writes such records."""
    plain = lowered(record)
    service = service_of(plain)
    if service is None:
        return
    common = {"time": next((t for path in service.time if (t := moment(at(plain, path)))), None), "uid": text(plain, *service.uid)}
    yield from ((of, {**common, **columns}) for of, columns in service.also(plain))
    if not service.only:
        return
    call = _call(plain, service)
    yield "api_activity", {**common, **call}
    operation = call["operation"] or ""
    if service.sign_in and _whole(service.sign_in).fullmatch(operation):
        yield "authentication", {**common, "actor_user": call["actor_user"], "src_ip": call["src_ip"], "service": service.name, "client": call["user_agent"],
                                 "status": call["status"], "method": _method(plain, service)}
    if service.finding and _whole(service.finding).fullmatch(operation):
        yield "detection_finding", {**common, **_finding(call, service)}


def _method(record: Record, service: Service) -> str | None:
    if not service.mfa:
        return None
    return "mfa" if _second(record, service) else "password"


def _second(record: Record, service: Service) -> bool:
    return (text(record, *service.mfa) or "").lower() not in ("", "false", "none", "no", "password")


def _call(record: Record, service: Service) -> dict[str, Any]:
    operation = ".".join(dict.fromkeys(v[:NAME] for path in service.action if (v := text(record, path))))[:NAME] or None
    detail, outcome, agent = _detail(record, service), text(record, *service.outcome), text(record, *service.agent)
    actor, target_user = text(record, *service.actor), text(record, *service.target_user)
    failed = bool(outcome) and re.search(service.failed, str(outcome), re.I) is not None
    rule = next((r for r in service.rules if _fits(r, operation or "", detail, actor, target_user)), None)
    said = " ".join(filter(None, (operation, *(text(record, path) for path in service.says))))
    act = rule.act if rule else (act_by_words(said, service.guard) if service.words else None)
    tactic, technique = ACTS.get(act or "", (None, None))
    return {
        "actor_user": actor, "actor_type": (text(record, *service.actor_type) or "user").lower()[:60], "actor_key": text(record, *service.key),
        "account": text(record, *service.account), "src_ip": _address(record, service.address), "user_agent": agent, "tool": family(agent), "service": service.name,
        "operation": operation, "status": "failure" if failed else "success", "error": (text(record, *service.error) or outcome or "failure")[:NAME] if failed else None,
        "resource": text(record, *service.target), "target_user": target_user, "detail": detail[:LONGEST],
        "mfa": _second(record, service) if service.mfa else None, "shared_with": "*" if act == "shared outside" else None,
        "act": act or None, "tactic": tactic, "technique": (rule.technique if rule else "") or technique,
    }


@cache
def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


def _fits(rule: Rule, operation: str, detail: str, actor: str | None, target: str | None) -> bool:
    if not _whole(rule.actions).fullmatch(operation) or (rule.when and not _whole(rule.when).search(detail)):
        return False
    return not rule.outside or _other_domain(actor, target)


def _other_domain(actor: str | None, target: str | None) -> bool:
    """Two mailboxes of different domains. Where either is none, nothing is known."""
    ours, theirs = _DOMAIN.search(actor or ""), _DOMAIN.search(target or "")
    return bool(ours and theirs) and ours[1].lower() != theirs[1].lower()  # type: ignore[index]


def _detail(record: Record, service: Service) -> str:
    told: Any = {path.rpartition(".")[2]: v for path in service.detail if (v := standing(record, path)) is not None} if service.detail else record
    return json.dumps(told, separators=(",", ":"), default=str)[:LONGEST * 5]


def _address(record: Record, paths: Paths) -> str | None:
    """The first that is an address: some services write a list of them, with a port, or a word."""
    for path in paths:
        for value in every(record, path):
            for piece in re.split(r"[,\s]+", str(value)[:200]):
                try:
                    return str(ipaddress.ip_address((_PORT.sub("", piece) if piece.count(".") == 3 or piece.startswith("[") else piece).strip("[]")))
                except ValueError:
                    continue
    return None


def _finding(call: Mapping[str, Any], service: Service) -> dict[str, Any]:
    return {
        "rule": call["operation"], "title": f"{service.name}: {call['operation']}", "message": (call["detail"] or "")[:NAME], "severity": 4, "product": service.name, "category": "threat",
        "actor_user": call["actor_user"], "src_ip": call["src_ip"],
        "entities": as_json(named([("user", call["actor_user"], "actor"), ("ip", call["src_ip"], "peer"), ("resource", call["resource"], "target")])),
    }
