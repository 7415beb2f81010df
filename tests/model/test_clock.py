"""Times of strangers are read in UTC, and what is no time is none."""

import datetime as dt

import pytest

from vidocq.model.clock import moment

EIGHT = dt.datetime(2024, 3, 5, 8, tzinfo=dt.UTC)


@pytest.mark.parametrize("said", [
    1709625600, "1709625600", 1709625600000, "1709625600000", 1709625600000000, 1709625600000000000, "1709625600.000", "2024-03-05T08:00:00Z", "2024-03-05 08:00:00.000000000",
    "2024-03-05T10:00:00+02:00", "Tue Mar 05 08:00:00 2024 UTC", "2024-03-05 08:00:00 (UTC)", "Mar 5, 2024 8:00:00 AM", "03/05/2024 08:00:00 AM", "Tue, 05 Mar 2024 08:00:00 +0000",
    "2024-03-05 08:00:00", "2024-03-05T09:00:00+0100", "2024-03-05 09:00:00 +0100", "2024-03-05 08:00:00 UTC", "2024-03-05T10:00:00+0200", 1709625600.0, 1.7096256e18,
])
def test_a_time_is_read_in_whatever_form_it_stands(said):
    assert moment(said) == EIGHT


@pytest.mark.parametrize("said", [None, "", "never", True, [], {}, "12", "soon", "x" * 1_000_000, "1" * 1_000_000, "9" * 40, "11111111111111111111", "20240305", "2024-13-40T99:99:99Z", "0001-01-01T00:00:00+10:00", float("nan"), float("inf"), 0, -5, 12, 10**40])
def test_what_is_no_time_is_none(said):
    assert moment(said) is None


@pytest.mark.parametrize("said", ["2024-03-05T08:00:00.5Z", "2024-03-05 08:00:00,500", "2024-03-05 08:00:00:5", "2024-03-05 08:00:00.500000999 Z", 1709625600.5, 1709625600500])
def test_a_part_of_a_second_may_be_written_in_any_way(said):
    assert moment(said) == EIGHT + dt.timedelta(milliseconds=500)


def test_a_time_with_a_zone_is_given_in_utc():
    assert moment("2024-03-05T10:00:00+02:00").tzinfo is dt.UTC


def test_the_first_that_is_a_time_is_taken():
    assert moment("never", None, "2024-03-05T08:00:00Z", "2025-01-01") == EIGHT
