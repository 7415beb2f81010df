"""GitHub: the audit log of an organisation or enterprise (streamed, exported or from the API), and webhooks as they are delivered.

Source of the fields: docs.github.com, "Audit log events", "Using the audit log API" and "Webhook events and payloads".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.content.sources.github import audit, webhook
from vidocq.model.source import Head, Layout, Row, Source

_DOTTED = re.compile(r'"action"\s*:\s*"[a-z0-9_]+\.[a-z0-9_]+"')
_ACTOR = re.compile(r'"actor"\s*:\s*(null|")')
_PLACE = re.compile(r'"(org|repo|repository|business|actor_location|_document_id)"\s*:\s*("|\[|\{)')
_FULL_NAME = re.compile(r'"full_name"\s*:\s*"[^"/]+/[^"]+"')
_DELIVERY = re.compile(
    r'"(sender|pusher|workflow_run|workflow_job|issue|pages|commits|alert|pull_request|installation|hook|forkee|repository_ruleset|key|member|membership|rule|release|comment)"\s*:\s*[\[{]'
)


def recognise(head: Head) -> Layout | None:
    begin = head.text[:60_000]
    if begin.lstrip()[:1] not in ("{", "["):
        return None
    audited = (_DOTTED.search(begin) or '"created_at"' in begin) and '"action"' in begin and _ACTOR.search(begin) and _PLACE.search(begin)
    delivered = '"repository"' in begin and _FULL_NAME.search(begin) and _DELIVERY.search(begin)
    return Layout("json", within=("records", "events")) if audited or delivered else None


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    if audit.is_record(record):
        yield from audit.rows(record)
    elif webhook.is_record(record):
        yield from webhook.rows(record)


SOURCE = Source(id="github", title="GitHub audit log and webhooks", recognise=recognise, rows=rows, rank=40, lag_s=600)
