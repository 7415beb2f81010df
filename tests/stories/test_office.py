"""Accounts of the office suite, the directory, Azure and the code host taken over, each beside its innocent twin."""

from __future__ import annotations

import pytest
from played import played

STORIES = (("password-spray", ("identity", "mail")), ("mfa-fatigue", ("identity", "mail")), ("consent-phishing", ("identity", "mail")), ("azure-takeover", ("identity", "cloud")), ("ci-secret-stolen", ("cloud",)))
DAYS = 3
"""As many as it takes to know where people sign in from."""


@pytest.mark.parametrize(("plant", "domains"), STORIES, ids=[name for name, _ in STORIES])
def test_an_account_taken_over_is_one_incident_and_nothing_else_is_raised(tmp_path, plant, domains):
    found = played(tmp_path, plant, seed=2, days=DAYS, domains=domains, context=True)
    touched = {e["name"] for e in found.attack(plant)["touch"]}
    [incident] = found.incidents
    assert touched & {e["name"] for e in incident["entities"]}
    assert len({s for s in found.steps_of(incident, plant) if s}) >= 2


@pytest.mark.parametrize(("plant", "domains"), STORIES, ids=[f"{name}-twin" for name, _ in STORIES])
def test_its_innocent_twin_raises_nothing(tmp_path, plant, domains):
    found = played(tmp_path, f"{plant}-twin", seed=2, days=DAYS, domains=domains, context=True)
    assert [i["title"] for i in found.incidents] == []
