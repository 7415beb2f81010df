"""The report of a run: one file, the same bytes for the same run, small enough at 100,000 investigations, and a terminal that nothing can steer."""

from __future__ import annotations

import base64
import gzip
import io
import json
import re
from pathlib import Path
from typing import Any

import made_run
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from vidocq.errors import UsageError
from vidocq.operations.report import blocks
from vidocq.operations.report.attack import TACTICS, in_order, technique
from vidocq.operations.report.blocks import LIMIT
from vidocq.operations.report.html import _evenly, _events_kept, write_report
from vidocq.operations.report.overview import skipped, sources
from vidocq.operations.report.pack import DETAILS, HOLE, SPARE, Shared, pack, split_query
from vidocq.operations.report.relations import Relations
from vidocq.operations.report.run_files import Alert, Entity, Investigation, Step, investigations, opening_alerts
from vidocq.operations.report.terminal import print_one, print_run
from vidocq.operations.report.visible import visible

GOLDEN = Path(__file__).parents[1] / "golden"


def unpacked(page: bytes) -> dict[str, Any]:
    """Every block of data in a page, by name."""
    found = re.findall(rb'<script type="application/octet-stream" id="([\w-]+)">([A-Za-z0-9+/=]*)</script>', page)
    return {name.decode(): json.loads(gzip.decompress(base64.b64decode(data))) for name, data in found}


def printed(show: Any, *args: Any, width: int = 110) -> str:
    out = io.StringIO()
    show(Console(file=out, width=width, color_system=None), *args)
    return out.getvalue()


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = made_run.small(tmp_path_factory.mktemp("run"))
    write_report(out)
    return out


def test_the_same_run_gives_the_same_bytes_and_no_clock(run: Path, tmp_path: Path) -> None:
    again = made_run.small(tmp_path)
    changed = json.loads((again / "run.json").read_text()) | {"started": "x", "finished": "y", "seconds": {"total": 1}, "peak_rss_mb": 2}
    (again / "run.json").write_text(json.dumps(changed))
    write_report(again)
    page = (run / "report.html").read_bytes()
    assert (again / "report.html").read_bytes() == page
    assert b"2031" not in page
    assert "2031-07" not in json.dumps(unpacked(page))
    assert sorted(p.name for p in again.iterdir()) == ["alerts.ndjson", "incidents.ndjson", "investigations.ndjson", "report.html", "run.json"]


def test_one_file_that_asks_for_nothing(run: Path) -> None:
    page = (run / "report.html").read_text()
    assert "default-src 'none'" in page
    addresses = set(re.findall(r"(?:https?:)?//[\w.-]+\.\w+", re.sub(r'id="[\w-]+">[A-Za-z0-9+/=]*<', "", page)))
    assert addresses <= {"http://www.w3.org"}, "the namespace of SVG is a name, not a request"
    assert not re.search(r"<(link|img|iframe|object|embed|base)\b|@import|url\(", page)


def test_everything_of_a_run_is_in_its_report(run: Path) -> None:
    blocks = unpacked((run / "report.html").read_bytes())
    cases = list(investigations(run))
    assert blocks["index-0"]["id"] == [c.id for c in cases]
    assert blocks["index-0"]["summary"] == [c.summary for c in cases]
    shared = blocks["shared"]
    for case, (names, _, _, steps, unasked, gaps) in zip(cases, blocks["detail-0"], strict=True):
        assert (shared[unasked], shared[gaps]) == (list(case.unasked), list(case.gaps))
        for step, (hop, form, _, values, events, total, literals) in zip(case.steps, steps, strict=True):
            question, text, answer, facts, weights, template = (shared[r] for r in shared[form])
            assert (hop, question, text, answer, total) == (step.hop, step.question, step.text, step.answer, step.events_total)
            assert dict(zip(facts, values, strict=True)) == step.facts
            assert weights == json.loads(bytes(step.weights))
            assert [names[e] for e in events] == list(step.events)
            assert filled(template, [names[v] for v in literals]) == step.query
    assert [i["id"] for i in blocks["incident-0"]] == ["inc-0", "inc-1", "inc-2"]
    assert all(i["edges"] for i in blocks["incident-0"])


def filled(template: str, values: list[str]) -> str:
    parts = template.split(HOLE)
    return parts[0] + "".join(v + p for v, p in zip(values, parts[1:], strict=True))


@given(st.text(alphabet="aZ_ '=1234567890.\ue000é", max_size=60), st.booleans())
def test_a_query_comes_back_as_it_was(query: str, crowded: bool) -> None:
    template, values = split_query(query, {str(n) for n in range(2000)} if crowded else set())
    assert (filled(template, values) if values else template) == query


def test_queries_that_differ_by_numbers_share_a_template_once_there_are_many() -> None:
    known = {str(n) for n in range(2000)}
    assert {split_query(f"SELECT 1 FROM t WHERE at > {n} AND name = 'a{n}'", known)[0] for n in range(10_000, 10_050)} == {
        f"SELECT 1 FROM t WHERE at > {HOLE} AND name = {HOLE}"
    }


def test_how_long_a_table_was_listened_to_makes_no_template_of_its_own() -> None:
    queries = [f"WITH cases AS (SELECT TIMESTAMP '2026-01-{n}' AS at, {n} AS history_hours, 'x' AS e1) SELECT 24" for n in range(10, 30)]
    made = [split_query(q, set()) for q in queries]
    assert len({template for template, _ in made}) == 1
    assert [filled(*m) for m in made] == queries


def test_a_full_table_hands_values_back() -> None:
    shared = Shared(limit=1)
    assert (shared.ref("a"), shared.ref("b"), shared.ref("a")) == (0, "b", 0)
    case = Investigation(id="i", steps=(Step(question="q", answer="none", query="SELECT 1"),))
    json.dumps(pack(case, None, shared, DETAILS[0]), default=lambda raw: json.loads(bytes(raw)))


def test_nothing_of_a_trap_stands_in_the_page(tmp_path: Path) -> None:
    write_report(made_run.traps(tmp_path))
    page = (tmp_path / "report.html").read_bytes()
    assert b"onerror" not in page
    assert page.count(b"</script>") == page.count(b"<script ")
    assert unpacked(page)["head"]["incidents"][0]["title"] == made_run.TRAP


@pytest.mark.parametrize("missing", ["alerts.ndjson", "incidents.ndjson", "investigations.ndjson"])
def test_an_absent_file_is_an_empty_one(tmp_path: Path, missing: str) -> None:
    (made_run.small(tmp_path) / missing).unlink()
    write_report(tmp_path)
    printed(print_run, tmp_path)


def test_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"run\.json"):
        write_report(tmp_path)


def test_a_hundred_thousand_investigations_fit(tmp_path: Path) -> None:
    write_report(made_run.large(tmp_path, 100_000))
    page = (tmp_path / "report.html").read_bytes()
    assert len(page) <= LIMIT
    assert unpacked(page)["head"]["trimmed"] == SPARE, "more is not left out than must be"
    assert page.count(b'id="detail-') == 391


def test_a_report_that_would_grow_too_large_leaves_out_evidence_of_dismissed_ones_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "LIMIT", 900_000)
    write_report(made_run.large(tmp_path, 2000))
    page = (tmp_path / "report.html").read_bytes()
    found = unpacked(page)
    shown = dict.fromkeys((0, 1, 2), 0)
    for n, (_, _, _, steps, _, _) in enumerate(case for b in range(8) for case in found[f"detail-{b}"]):
        shown[found["index-0"]["verdict"][n]] += sum(len(s[4]) for s in steps)
    assert found["head"]["trimmed"] > 0
    assert shown[0] >= 100
    assert shown[2] < 2000 * 12


def test_a_report_of_many_investigations_is_light_and_spares_nothing_but_evidence_of_dismissed_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_report(made_run.large(tmp_path, 2000))
    whole = unpacked((tmp_path / "report.html").read_bytes())
    monkeypatch.setattr(blocks, "AIM", 900_000)
    write_report(tmp_path)
    light = unpacked((tmp_path / "report.html").read_bytes())
    assert (whole["head"]["trimmed"], light["head"]["trimmed"]) == (0, SPARE)
    verdicts = light["index-0"]["verdict"]
    for verdict, *pair in zip(verdicts, *([s for b in range(8) for case in found[f"detail-{b}"] for s in [case[3]]] for found in (whole, light)), strict=True):
        for before, after in zip(*pair, strict=True):
            assert verdict == 2 or len(after[4]) == len(before[4]), "of what is open nothing is left out"
            assert len(after[4]) >= min(len(before[4]), 1), "one event stays with every answer"
            assert after[5] == before[5], "it says how many there are"
            assert len(after[6]) == len(before[6]), "every query has its values"


def test_incidents_in_great_number_show_fewer_events() -> None:
    assert _events_kept(1_000_000) == 500
    assert _events_kept(400_000_000) == 50
    assert _evenly(list(range(100)), 4) == [0, 33, 66, 99]
    assert _evenly([1, 2], 4) == [1, 2]


def test_the_opening_alert_is_the_earliest(tmp_path: Path) -> None:
    alerts = [{"id": i, "investigation": "v", "time": t, "title": i} for i, t in (("b", "2026-01-02"), ("c", "2026-01-01"), ("a", "2026-01-02"))]
    made_run.write(tmp_path, {}, alerts=alerts)
    assert opening_alerts(tmp_path)["v"].id == "c"


def test_ties_come_from_alerts_and_hops() -> None:
    ties = Relations()
    alert = Alert(id="a", entities=(Entity("user", "u"), Entity("ip", "x")))
    ties.note(Investigation(id="i", steps=(Step(hop=0, entity={"kind": "user", "name": "u"}), Step(hop=1, entity={"kind": "host", "name": "h"}))), alert)
    assert ties.rows() == [["alert", "user", "u", "ip", "x", 1], ["hop", "user", "u", "host", "h", 1]]


def test_inputs_are_summed_by_source_and_skips_keep_their_reason(run: Path) -> None:
    told = json.loads((run / "run.json").read_text())
    assert sources(told) == [["aws_cloudtrail", 1, 48211, 12, 0], ["suricata", 1, 20133, 0, 0], ["zeek", 1, 912004, 0, 3]]
    assert skipped(told) == [["README.txt", "no source recognises it"]]


def test_techniques_have_names_and_an_order() -> None:
    assert technique("T1078.004").name == "Valid Accounts: Cloud Accounts"
    assert technique("T0000").name == ""
    assert [t.id for t in in_order(["T1048", "T1110", "T0000", "T1566", "T1048"])] == ["T1566", "T1110", "T1048", "T0000"]
    assert technique("T1041").tactics[0] in TACTICS


@pytest.mark.parametrize("name", ["run", "incident", "raised", "dismissed"])
def test_the_terminal_prints_the_golden_text(run: Path, name: str) -> None:
    cases = {v: next(c.id for c in investigations(run) if c.verdict == v) for v in ("raised", "dismissed")}
    ident = cases.get(name, "inc-1")
    text = printed(print_run, run) if name == "run" else printed(print_one, run, ident[:14] if name != "incident" else ident)
    text = "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
    assert text == (GOLDEN / f"report_{name}.txt").read_text()


def test_the_terminal_tells_of_an_empty_run(tmp_path: Path) -> None:
    assert "no alert was given" in printed(print_run, made_run.silent(tmp_path))


def test_an_id_that_is_not_there_or_not_unique_is_refused(run: Path) -> None:
    assert not print_one(Console(file=io.StringIO()), run, "nowhere")
    assert not print_one(Console(file=io.StringIO()), run, "inv-")
    assert not print_one(Console(file=io.StringIO()), run, "")


def test_nothing_in_a_log_steers_the_terminal(tmp_path: Path) -> None:
    out = made_run.traps(tmp_path)
    case = next(investigations(out)).id
    for text in (printed(print_run, out), printed(print_one, out, "inc-0"), printed(print_one, out, case)):
        assert "[bold]x[/bold]" in text, "markup is text"
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
        assert "⟨U+202E⟩" in text


@pytest.mark.parametrize(("text", "shown"), [
    ("sv\u0441host.exe", "sv⟨U+0441⟩host.exe"), ("\u0430dmin", "⟨U+0430⟩dmin"), ("p\u0430yp\u0430l.com", "p⟨U+0430⟩yp⟨U+0430⟩l.com"), ("\uff43md", "⟨U+FF43⟩md"),
    ("\u0411\u0443\u0445\u0433\u0430\u043b\u0442\u0435\u0440\u0438\u044f 2024.xlsx", "\u0411\u0443\u0445\u0433\u0430\u043b\u0442\u0435\u0440\u0438\u044f 2024.xlsx"), ("Müller_\u0391\u03b8\u03ae\u03bd\u03b1", "Müller_\u0391\u03b8\u03ae\u03bd\u03b1"),
])
def test_a_letter_that_passes_for_a_latin_one_is_spelt_out_and_a_name_in_another_script_is_not(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_visible_text_holds_nothing_unseen(text: str) -> None:
    assert not re.search("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]", visible(text))
