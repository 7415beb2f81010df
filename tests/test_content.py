"""Every unit's own cases come out as their files say."""

import re
from pathlib import Path

import pytest

from vidocq.catalogue import load
from vidocq.model.event import CLASSES
from vidocq.operations import check

CATALOGUE = load()
CASES = list(check.unit_cases(CATALOGUE))
UNPLAYED = frozenset((Path(__file__).parent / "unplayed.txt").read_text().split())
"""Units whose cases are still to be written: a debt that may only shrink."""
ROOMS = {"detections": CATALOGUE.detections, "questions": CATALOGUE.questions, "hypotheses": CATALOGUE.hypotheses}


def played(room):
    return [unit for unit in ROOMS[room] if f"{room}/{unit}" not in UNPLAYED]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case):
    assert check.problem(CATALOGUE, case) is None


def test_every_unit_has_cases():
    assert set(check.without_cases(CATALOGUE)) - UNPLAYED == set()


@pytest.mark.parametrize("unit", played("detections"))
def test_a_detection_fires_and_stays_silent(unit):
    said = {case.said["fires"] for case in CASES if case.room == "detections" and case.unit == unit}
    assert said == {True, False}


@pytest.mark.parametrize("unit", played("questions"))
def test_every_grade_of_a_question_is_reached(unit):
    q = CATALOGUE.questions[unit]
    reached = {case.said["answer"].get("grade") for case in CASES if case.room == "questions" and case.unit == unit}
    wanted = {*q.grades, q.otherwise} | ({"no events"} if q.of in CLASSES else set())
    assert wanted - reached == set()


@pytest.mark.parametrize("unit", [h for h in played("hypotheses") if not CATALOGUE.hypotheses[h].benign])
def test_a_hostile_hypothesis_has_an_innocent_twin(unit):
    verdicts = {case.said["verdict"] for case in CASES if case.room == "hypotheses" and case.unit == unit}
    assert "raised" in verdicts
    assert "dismissed" in verdicts


@pytest.mark.parametrize("detection", CATALOGUE.detections.values(), ids=lambda d: d.id)
def test_a_detection_names_what_it_cannot_speak_without(detection):
    """What it reads is then known to be heard, and where there is none of it nothing is worked out."""
    assert detection.of
    assert all(re.search(rf'\b(FROM|JOIN) +"?{table}\b', detection.sql) for table in detection.of)
