"""What a message says of its sender and its links, whatever whoever wrote it tries."""

import pytest

from vidocq.content.sources.eml.source import rows
from vidocq.model.mail import sender_of

HEAD = "From: Attacker <a@evil.example>\nTo: bob@ours.example\nDate: Mon, 3 Mar 2025 09:00:00 +0000\nSubject: x\nMessage-ID: <1@evil.example>\n"


@pytest.mark.parametrize(("head", "sender"), [
    ("attacker@evil.example (ceo@ours.example)", "attacker@evil.example"), ("<evil@evil.example>, ceo@ours.example", "evil@evil.example"),
    ('"ceo@ours.example" <evil@evil.example>', "evil@evil.example"), ("=?utf-8?q?ceo=40ours.example?= <evil@evil.example>", "evil@evil.example"), ("Ann <ann@ours.example>", "ann@ours.example"), ("nobody", None), (None, None),
])
def test_the_sender_is_whom_the_head_names_first(head, sender):
    assert sender_of(head) == sender


def test_an_encoded_word_names_no_sender():
    assert "ours.example" not in (sender_of("evil@evil.example =?utf-8?q?=3Cceo=40ours.example=3E?=") or "")


@pytest.mark.parametrize("body", ["<a " * 60_000, "<!--" * 60_000, "<![foo[x]]>", "<a href=" * 60_000, "<a href='x'>" * 60_000, "<" * 200_000], ids=lambda b: b[:10])
def test_a_page_that_would_hold_up_its_reader_is_an_event_and_a_report(body):
    found = [kind for kind, _ in rows({"message": f"{HEAD}Content-Type: text/html\n\n{body}"})]
    assert found == ["email_activity", "detection_finding"]


def test_parts_without_end_are_an_event_and_a_report():
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2_000))
    assert [kind for kind, _ in rows({"message": HEAD + deep})] == ["email_activity", "detection_finding"]


def test_a_link_that_shows_another_host_is_told():
    page = '<p><a class=x href="https://pay.evil.example/login?a=1&amp;b=2">https://<b>www.bank.example</b>/</a> <a href=https://bank.example/>bank.example</a>'
    [(_, event), _] = rows({"message": f"{HEAD}Content-Type: text/html\n\n{page}"})
    assert event["links"] == '["www.bank.example pay.evil.example"]'
