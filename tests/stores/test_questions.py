"""Every question of the catalogue on every engine, over the events of its own cases: the same grades, facts, evidence and leads."""

import math
from dataclasses import replace

import pytest
from examples import CATALOGUE, arrow_cases, eras_touch

from vidocq.engine import ask as compiler
from vidocq.engine.ask import tie_of
from vidocq.model.event import CLASSES, columns
from vidocq.operations import asking
from vidocq.store.coverage import coverage

QUESTIONS = list(CATALOGUE.questions.values())
TIES = sorted({tie_of(q) for q in QUESTIONS})
TOGETHER = [tie for tie in TIES if len([q for q in QUESTIONS if tie_of(q) == tie]) > 1 and tie[0] in CLASSES]
NAMES = [f"{table} by {', '.join(by)}" for table, by in TIES]


def of_tie(tie):
    return [q for q in QUESTIONS if tie_of(q) == tie]


def same(a, b, rel=1e-9):
    if isinstance(a, float) and isinstance(b, float | int):
        return math.isclose(a, b, rel_tol=rel, abs_tol=0.0)
    return type(a) is type(b) and a == b


def differences(rows, others):
    """Rows of two engines, compared column by column."""
    assert len(rows) == len(others)
    return [(row["case_id"], name, row[name], other[name]) for row, other in zip(rows, others, strict=True) for name in row if not same(plain(row[name]), plain(other[name]))]


def plain(value):
    """Sums are wide decimals in one engine and whole numbers in another."""
    return int(value) if not isinstance(value, bool | float | int) and hasattr(value, "as_integer_ratio") else value


def by(*names):
    return lambda row: tuple(row[name] for name in names)


def put(stores, worlds, tie, statement, order):
    """The rows of a statement for all cases of a tie, world by world, in one order."""
    out = []
    for store, world in zip(stores, worlds, strict=True):
        if cases := world.of(tie):
            out += sorted(store.rows(statement, cases=arrow_cases(cases)), key=order)
    return out


def test_no_case_hears_another(worlds):
    assert eras_touch(worlds[0]) == []


def test_every_question_is_asked(worlds):
    assert {c.question.id for world in worlds for c in world.cases} == set(CATALOGUE.questions)


@pytest.mark.parametrize("tie", TIES, ids=NAMES)
def test_spark_answers_as_the_files_say_and_as_duckdb_does(tie, worlds, embedded, cluster):
    asked = of_tie(tie)
    statement = compiler.ask(asked)
    there, here = (put(stores, worlds, tie, statement, by("case_id")) for stores in (cluster, embedded))
    assert differences(there, here) == []
    wrong = []
    for row, case in zip(there, (c for world in worlds for c in world.of(tie)), strict=True):
        place = asked.index(case.question)
        got = {"grade": row[f"q{place}.grade"], **compiler.facts_of(row, place, case.question)}
        # Whether somebody was listening is no matter of SQL.
        wanted = {**case.said, "grade": case.said["grade"].replace("not covered", "no events")} if "grade" in case.said else case.said
        wrong += [(case.name, name, got[name], value) for name, value in wanted.items() if not same(plain(got[name]), value, rel=1e-4)]
    assert wrong == []


@pytest.mark.parametrize("tie", TOGETHER, ids=[NAMES[TIES.index(tie)] for tie in TOGETHER])
def test_alone_a_question_answers_as_among_others(tie, worlds, embedded, cluster):
    asked, first = of_tie(tie), worlds[:1]
    fused = put(embedded[:1], first, tie, compiler.ask(asked), by("case_id"))
    for place, q in enumerate(asked):
        alone = put(cluster[:1], first, tie, compiler.ask([q]), by("case_id"))
        mine = [{"case_id": row["case_id"], **{f"q0.{n}": row[f"q{place}.{n}"] for n in ("seen", *q.measures, "grade")}} for row in fused]
        assert differences(mine, alone) == [], q.id


@pytest.mark.parametrize("tie", TIES, ids=NAMES)
def test_the_same_events_are_shown(tie, worlds, embedded, cluster):
    statement = " UNION ALL ".join(f"SELECT '{q.id}' AS question, case_id, n, total, uid FROM ({compiler.show(q)}) AS q{n}" for n, q in enumerate(of_tie(tie)))
    there, here = (put(stores, worlds, tie, statement, by("question", "case_id", "n")) for stores in (cluster, embedded))
    assert differences(there, here) == []


@pytest.mark.parametrize("tie", TIES, ids=NAMES)
def test_the_same_entities_are_named(tie, worlds, embedded, cluster):
    tied = {column for choice in tie[1] for column in choice.split("|")}
    leads = {c.name: f"{c.entity}:{c.role}" for c in columns(tie[0]).values() if c.entity and c.name not in tied}
    # Where no question of a tie leads anywhere, one is asked as if every entity of its events mattered.
    leading = [q for q in of_tie(tie) if q.leads] or [replace(of_tie(tie)[0], leads=leads)] * bool(leads)
    for q in leading:
        there, here = (put(stores, worlds, tie, compiler.lead(q, asking.LEADS), by("case_id", "lead", "value")) for stores in (cluster, embedded))
        assert differences(there, here) == []


def test_operations_ask_spark_as_they_ask_duckdb(worlds, embedded, cluster):
    """The whole way, with coverage: a world of each kind."""
    for n in (0, 1):
        asked = [asking.Asking(i, c.question.id, c.entities, c.at) for i, c in enumerate(worlds[n].cases)][:60]
        there, here = (asking.put(store, coverage(store), CATALOGUE.questions, asked) for store in (cluster[n], embedded[n]))
        assert there == here
