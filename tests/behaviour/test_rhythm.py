import numpy as np
import pytest

from vidocq.behaviour.rhythm import jittered, merged, regular, rhythm


def beats(period: float, jitter: float, n: int, seed: int = 7) -> np.ndarray:
    chance = np.random.default_rng(seed)
    return np.cumsum(period * (1 + jitter * chance.uniform(-1, 1, n)))


@pytest.mark.parametrize("jitter", [0.0, 0.1, 0.3, 0.8])
def test_a_clock_is_known_whatever_its_jitter(jitter):
    assert regular(rhythm(beats(60, jitter, 200)))


@pytest.mark.parametrize("seed", range(20))
def test_chance_is_no_clock(seed):
    gaps = np.random.default_rng(seed).exponential(60, 200)
    assert not regular(rhythm(np.cumsum(gaps)))


def test_a_night_without_beats_does_not_hide_the_clock():
    day = beats(300, 0.1, 96)
    assert regular(rhythm(np.r_[day, day + 86400]))


def test_missing_beats_do_not_hide_the_clock():
    kept = np.random.default_rng(3).random(120) > 0.2
    assert regular(rhythm(beats(60, 0.05, 120)[kept]))


def test_a_page_is_one_contact():
    assert merged(np.array([0.0, 0.2, 0.9, 60.0, 60.5]), 1.0).tolist() == [0.0, 60.0]


def test_few_moments_have_no_rhythm():
    assert rhythm(np.arange(5.0)) is None


@pytest.mark.parametrize(("jitter", "said"), [(0.0, False), (0.02, False), (0.2, True), (0.5, True), (0.8, True)])
def test_chance_within_bounds_was_put_there(jitter, said):
    assert jittered(rhythm(beats(60, jitter, 200))) is said


@pytest.mark.parametrize("seed", range(20))
def test_chance_without_bounds_is_nobodys_plan(seed):
    assert not jittered(rhythm(np.cumsum(np.random.default_rng(seed).exponential(60, 200))))
