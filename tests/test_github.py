"""Records of GitHub: what somebody wrote is read whole or from its beginning, however much they wrote."""

import json

import pytest

from vidocq.content.sources.github.source import rows


def issue(**said):
    return {"action": "opened", "issue": {"title": "It fails", "body": "Often.", **said}, "repository": {"full_name": "example-org/tool", "private": False}, "sender": {"login": "alice-example"}}


@pytest.mark.parametrize("body", ["a" * 100_000, '"' * 5000, "\u0000" * 5000])
def test_a_long_text_leaves_what_can_be_read(body):
    [(_, call)] = rows(issue(title="$(id)", body=body))
    assert json.loads(call["detail"])["written"][0] == "$(id)"


def test_a_long_change_leaves_the_text():
    [(_, call)] = rows({**issue(), "changes": {"body": {"from": "b" * 5000}}})
    assert json.loads(call["detail"])["written"] == ["It fails", "Often."]
