"""Writes the files of a new unit, ready to be filled in: `vidocq new question identity/failed_logins`."""

from __future__ import annotations

import hashlib
from pathlib import Path

from vidocq.errors import UsageError

_QUESTION = '''"""{title}"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count

QUESTION = Question(
    id="{id}",
    text="{title}?",
    why="Say in an analyst's words why it is asked.",
    of="authentication",
    about=("user:actor",),
    by=("actor_user",),
    before=timedelta(hours=24),
    measures={{"failed": count("status = 'failure'")}},
    grades={{"none": "failed = 0", "a few": "failed < 20"}},
    otherwise="many",
    means={{"many": "its sign-ins failed again and again"}},
    speaks={{"credential_guessing": {{"many": Strength.TELLING, "none": Strength.UNEXPECTED}}}},
    blind_spots="Say what it cannot see.",
)
'''
_QUESTION_CASES = '''- name: many failures
  events:
    authentication:
      - {{time: "2025-01-06T09:50:00Z", actor_user: ann, status: failure, src_ip: 198.51.100.7, times: 25, every: 2}}
  ask: {{at: "2025-01-06T10:00:00Z", entities: [ann]}}
  answer: {{grade: many, failed: 25}}
- name: a few
  events:
    authentication:
      - {{time: "2025-01-06T09:50:00Z", actor_user: ann, status: failure, src_ip: 198.51.100.7, times: 2, every: 2}}
  ask: {{at: "2025-01-06T10:00:00Z", entities: [ann]}}
  answer: {{grade: a few}}
- name: somebody who never fails
  events:
    authentication:
      - {{time: "2025-01-06T09:50:00Z", actor_user: ann, status: success, src_ip: 192.0.2.1}}
  ask: {{at: "2025-01-06T10:00:00Z", entities: [ann]}}
  answer: {{grade: none, failed: 0}}
- name: silence
  events:
    authentication:
      - {{time: "2025-01-06T09:50:00Z", actor_user: bob, status: failure, src_ip: 192.0.2.1}}
  ask: {{at: "2025-01-06T10:00:00Z", entities: [ann]}}
  answer: {{grade: no events}}
'''
_DETECTION = '''"""{title}."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="{id}",
    title="{{actor_user}} failed to sign in {{failed}} times",
    why="Say in an analyst's words why this is worth an investigation.",
    of=("authentication",),
    sql="""
        SELECT MAX(time) AS time, list(uid ORDER BY time, uid) AS events, actor_user, COUNT(*) AS failed
        FROM authentication WHERE status = 'failure' GROUP BY actor_user, time_bucket(INTERVAL 1 HOUR, time) HAVING COUNT(*) >= 20
    """,
    entities={{"actor_user": "user:actor"}},
    suggests={{"credential_guessing": Strength.EXPECTED}},
    techniques=("T1110",),
    warm_up="None.",
    blind_spots="Say what it cannot see.",
)
'''
_DETECTION_CASES = '''- name: many failures in an hour
  fires: true
  rows: 1
  events:
    authentication:
      - {{time: "2025-01-06T09:10:00Z", actor_user: ann, status: failure, times: 25, every: 2}}
- name: somebody who mistypes
  fires: false
  events:
    authentication:
      - {{time: "2025-01-06T09:10:00Z", actor_user: ann, status: failure, times: 3, every: 2}}
'''
_HYPOTHESIS = '''"""{title}."""

from vidocq.model.belief import Hypothesis, Strength

HYPOTHESIS = Hypothesis(
    id="{id}",
    title="{title}",
    text="Say it as a statement that is true or false.",
    benign=False,
    prior_bits=-3.0,
    rivals=("sensor_noise",),
    expects={{"alerts.product_verdict_machine": {{"high": Strength.TELLING, "low": Strength.UNEXPECTED}}}},
    techniques=(),
    stage="",
    actions=(("ask_owner", "user:actor", "Ask the owner of the identity."),),
)
'''
_HYPOTHESIS_CASES = '''- name: the attack
  events:
    detection_finding:
      - {{time: "2025-01-06T10:00:00Z", rule: r1, title: Odd behaviour, severity: 4, category: threat, host: pc1}}
  verdict: raised
  leading: {id}
- name: its innocent twin
  events:
    detection_finding:
      - {{time: "2025-01-06T10:00:00Z", rule: r1, title: Odd behaviour, severity: 1, category: threat, host: pc1}}
  verdict: dismissed
'''
_SOURCE = '''"""{title}. Name the vendor's documentation of the fields here."""

from __future__ import annotations

from vidocq.model.source import Head, Layout, Map, Source


def recognise(head: Head) -> Layout | None:
    return Layout("json") if '"a_field_only_this_log_has"' in head.text[:20_000] else None


SOURCE = Source(
    id="{id}",
    title="{title}",
    recognise=recognise,
    maps=(
        Map("base_event", columns={{
            "time": "CAST(TRY_CAST({{timestamp}} AS TIMESTAMPTZ) AS TIMESTAMP)", "type": "'{id}'", "message": "{{message}}",
        }}),
    ),
)
'''
_RECORD = '{"timestamp": "2025-01-06T10:00:00Z", "message": "hello", "a_field_only_this_log_has": 1}'
# The second record is damaged, as some always are: it is no event, and has no line among those expected.
_SOURCE_SAMPLE = (_RECORD + '\n{"timestamp": "no time", "message": "damaged"}\n').replace("{", "{{").replace("}", "}}")
_DIGEST = hashlib.sha256(_RECORD.encode()).hexdigest()[:16]
_EXPECTED = (
    '{{"class": "base_event", "time": "2025-01-06T10:00:00.000000Z", "type": "{id}", "message": "hello",'
    f' "source": "{{id}}", "uid": "sha256:{_DIGEST}", "digest": "{_DIGEST}"' + "}}\n"
)

_FILES = {
    "question": {"{path}.py": _QUESTION, "{path}.cases.yaml": _QUESTION_CASES},
    "detection": {"{path}.py": _DETECTION, "{path}.cases.yaml": _DETECTION_CASES},
    "hypothesis": {"{path}.py": _HYPOTHESIS, "{path}.cases.yaml": _HYPOTHESIS_CASES},
    "source": {"{path}/__init__.py": "", "{path}/source.py": _SOURCE, "{path}/sample.jsonl": _SOURCE_SAMPLE, "{path}/expected.jsonl": _EXPECTED},
}
ROOM = {"question": "questions", "detection": "detections", "hypothesis": "hypotheses", "source": "sources"}


def scaffold(unit: str, path: str, root: Path) -> list[Path]:
    """The files of a new unit below `root` (a package of content). Raises UsageError for an unknown kind, a bad name, or a file that is there."""
    if unit not in _FILES:
        raise UsageError(unit, "this is no kind of unit", f"choose one of {', '.join(_FILES)}")
    parts = path.strip("/").split("/")
    if not all(p.isidentifier() and p == p.lower() for p in parts):
        raise UsageError(path, "a unit's path is its id, in lower case", "write for example identity/failed_logins")
    if not root.resolve().name.isidentifier():
        raise UsageError(str(root), "the name of a package of content is a name of Python's", "choose one of letters, digits and underscores")
    words = {"id": ".".join(parts), "title": parts[-1].replace("_", " ").capitalize(), "path": path.strip("/")}
    files = {root / ROOM[unit] / name.format(**words): text.format(**words) for name, text in _FILES[unit].items()}
    for file in files:
        if file.exists():
            raise UsageError(str(file), "it is already there", "choose another name")
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        for folder in file.relative_to(root).parents:
            marker = root / folder / "__init__.py"
            if not marker.exists():
                marker.touch()
        file.write_text(text, encoding="utf-8")
    return list(files)
