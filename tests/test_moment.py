"""Times as strangers write them."""

import datetime as dt

import pytest

from vidocq.model.moment import moment

NOON = dt.datetime(2024, 3, 5, 12, 0, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("written", [
    1709640000, 1709640000.0, "1709640000", 1709640000000, 1709640000000000, 1709640000000000000,
    "2024-03-05T12:00:00Z", "2024-03-05 12:00:00", "2024-03-05 12:00:00.000000000", "2024-03-05T13:00:00+01:00", "2024-03-05T13:00:00+0100", "2024-03-05 12:00:00 UTC",
])
def test_a_time_is_read_in_whatever_dialect(written):
    assert moment(written) == NOON


def test_a_part_of_a_second_may_have_any_number_of_digits():
    assert moment("2024-03-05 12:00:00.5") == NOON + dt.timedelta(milliseconds=500)
    assert moment("2024-03-05T12:00:00.123456789Z") == NOON + dt.timedelta(microseconds=123456)


@pytest.mark.parametrize("written", [None, "", "soon", True, float("nan"), float("inf"), "9" * 50, "2024-13-40T99:99:99Z", {}, [], 0, -5, "1" * 1_000_000])
def test_what_is_no_time_is_none(written):
    assert moment(written) is None
