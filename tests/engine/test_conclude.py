"""What an alert says for itself, by who says it and how seriously."""

from datetime import datetime

import pytest

from vidocq.catalogue import load
from vidocq.engine.book import book
from vidocq.engine.conclude import suggested_bits
from vidocq.engine.ledger import Case

CATALOGUE = load()
BOOK = book(CATALOGUE.questions, CATALOGUE.hypotheses, CATALOGUE.detections, CATALOGUE.phrases)
SIGN = next(s for s, said in sorted(BOOK.suggested.items()) if s.startswith("phrase:") and max(said.values()) >= 4)


@pytest.mark.parametrize(("origin", "severity", "strongest"), [("third-party", 4, 4.0), ("third-party", 1, 1.5), ("third-party", 0, 4.0), ("native", 1, 4.0)])
def test_words_of_an_alert_that_its_product_calls_informational_are_a_hint(origin: str, severity: int, strongest: float) -> None:
    at = datetime(2025, 1, 6, 10)
    case = Case("c", "a", 1, at, at, origin, "Sigma", "r", "t", severity, (), (SIGN,), (), (), 0)
    assert suggested_bits(BOOK, [case]).max() == strongest
