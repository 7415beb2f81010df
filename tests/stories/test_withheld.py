"""An attack that nobody has named yet is raised all the same: with the hypothesis that leads it withheld, every played attack is raised by another reading."""

from dataclasses import replace

import pytest

from vidocq.catalogue import load
from vidocq.model.belief import Strength
from vidocq.operations import check

CATALOGUE = load()
STILL_QUIET = {("context.address_origin", "tor")}
"""Where an exit of Tor comes from is reputation, which is never evidence by itself."""


def attacks():
    """The cases that a named hypothesis leads to a raised verdict, each with that hypothesis."""
    for case in check.unit_cases(CATALOGUE):
        leading = case.said.get("leading", case.unit)
        if case.room == "hypotheses" and case.said["verdict"] == "raised" and not CATALOGUE.hypotheses[leading].catch_all:
            yield pytest.param(case, leading, id=str(case))


@pytest.mark.parametrize(("case", "leading"), list(attacks()))
def test_an_attack_is_raised_without_the_hypothesis_that_leads_it(case, leading):
    assert not CATALOGUE.hypotheses[leading].benign
    less = CATALOGUE.without(f"hypotheses/{leading}")
    unnamed = replace(case, said={k: v for k, v in case.said.items() if k != "leading"})
    assert check.problem(less, unnamed) is None


def strength(question, hypothesis, grade):
    return CATALOGUE.hypotheses[hypothesis].expects.get(question.id, {}).get(grade) or question.speaks.get(hypothesis, {}).get(grade)


@pytest.mark.parametrize("question", CATALOGUE.questions.values(), ids=lambda q: q.id)
def test_what_tells_of_hostility_alone_is_alarming_whatever_its_name(question):
    hostile = [h.id for h in CATALOGUE.hypotheses.values() if not h.benign]
    innocent = [h.id for h in CATALOGUE.hypotheses.values() if h.benign]
    for grade in (*question.grades, question.otherwise):
        telling = any(strength(question, h, grade) == Strength.TELLING for h in hostile)
        explained = any(strength(question, h, grade) in (Strength.TELLING, Strength.EXPECTED) for h in innocent)
        if telling and not explained and (question.id, grade) not in STILL_QUIET:
            assert question.alarming.get(grade) in (Strength.TELLING, Strength.EXPECTED), grade
