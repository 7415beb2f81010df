"""`vidocq exercise`: somebody plays by script, leaves and comes back, and is told what they missed."""

import json
import shutil

import pytest

from vidocq.operations.exercise import kept
from vidocq.operations.exercise.run import begin, play
from vidocq.operations.progress import console
from vidocq.operations.simulate.write import simulate
from vidocq.simulation.exercise import Done


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory):
    """An exercise nobody has sat down to yet, of a case in which an account was taken over and an administrator was busy."""
    folder = tmp_path_factory.mktemp("exercise")
    simulate(folder / "case", seed=3, days=2, scenarios=["aws-takeover", "aws-takeover-twin"], domains=("cloud",))
    begin(folder / "exercise", folder / "case", None, 3, 2, 20, 6, False)
    return folder / "exercise"


@pytest.fixture
def folder(laid_out, tmp_path):
    shutil.copytree(laid_out, tmp_path / "exercise")
    return tmp_path / "exercise"


def run(vidocq, folder, tmp_path, *lines):
    (tmp_path / "script.txt").write_text("\n".join(lines))
    return vidocq("exercise", "--out", folder, "--script", tmp_path / "script.txt")


def result(folder):
    return json.loads((folder / kept.RESULT).read_text())


def telling(card):
    """The number of the question whose answer tells most, one that can be asked at once."""
    side = 1 if card.hostile else -1
    return max((n for n, p in card.open_prompts(set())), key=lambda n: side * card.prompts[n - 1].lean)


def test_who_asks_well_beats_who_asks_at_random_and_who_guesses(vidocq, folder, tmp_path):
    desk, _ = kept.take_up(folder)
    assert {c.hostile for c in desk.cards} == {True, False}
    players = {
        "good": [f"open {n}\nask {telling(c)}\nverdict {'hostile' if c.hostile else 'innocent'}" for n, c in enumerate(desk.cards, 1)] + [f"scope {' '.join(f'ip:{s}' for s in desk.seen)}", "contain disable_key key:{}".format(next(n for n in desk.own if n.startswith("akia")))],
        "poor": [f"open {n}\nask 1 2 3 4 5\nverdict {'hostile' if n % 2 else 'innocent'}" for n in range(1, 7)] + ["scope ip:192.0.2.1"],
        "alarmist": [f"open {n}\nask 1\nverdict hostile" for n in range(1, 7)] + ["scope " + " ".join(f"{k}:{n}" for c in desk.cards for a in c.alerts for k, n in a.things)],
        "calm": [f"verdict {n} innocent" for n in range(1, 7)],
    }
    scores = {}
    for who, lines in players.items():
        (folder / kept.DONE).unlink()
        kept.keep(folder, Done())
        called = run(vidocq, folder, tmp_path, *lines, "finish")
        assert called.status == 0, called.err
        scores[who] = result(folder)["score"]
    assert scores["good"] >= 85
    assert scores["poor"] < 50
    assert scores["alarmist"] < 50
    assert scores["calm"] < 10
    assert scores["good"] > scores["poor"] + 30


def test_answers_are_sealed_until_they_are_asked_for(vidocq, folder, tmp_path):
    desk, _ = kept.take_up(folder)
    before = run(vidocq, folder, tmp_path, "open 1")
    assert desk.cards[0].prompts[0].text in before.out
    assert not any(p.means and p.means in before.out for p in desk.cards[0].prompts)
    number, asked = next((n, p) for n, p in desk.cards[0].open_prompts(set()) if p.means)
    assert asked.means in " ".join(run(vidocq, folder, tmp_path, "open 1", f"ask {asked.id}").out.split())
    assert kept.take_up(folder)[1].asked["1"][0] == str(number) or asked.id in {desk.cards[0].prompts[int(q) - 1].id for q in kept.take_up(folder)[1].asked["1"]}


def test_it_can_be_left_and_taken_up(vidocq, folder, tmp_path):
    first = run(vidocq, folder, tmp_path, "open 2", "ask 1", "verdict innocent", "quit")
    assert "Left after 3 minutes" in first.out
    assert not (folder / kept.RESULT).exists()
    second = run(vidocq, folder, tmp_path, "status", "finish")
    assert "3 of 90 minutes used, 1 of 6 verdicts" in second.out
    assert result(folder)["verdicts"]["2"][0] == "innocent"
    again = run(vidocq, folder, tmp_path, "verdict 2 hostile")
    assert result(folder)["verdicts"]["2"][0] == "innocent", "what is finished is finished"
    assert "of 100" in again.out


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("dance", "no command"), ("open 99", "by its number, 1 to 6"), ("ask 1", "open a case first"), ("verdict 1 perhaps", "hostile|innocent|undecided"), ("scope nobody", "names no entity"),
        ("contain shout ip:192.0.2.1", "an action of"), ("handover", "for a team"), ("open '", "by its number"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_says_what_to_write(vidocq, folder, tmp_path, line, told):
    called = run(vidocq, folder, tmp_path, line)
    assert called.status == 0
    assert told in called.out


def test_a_team_sits_in_three_seats_and_its_hand_overs_are_timed(folder):
    desk, _ = kept.take_up(folder)
    ticks = iter(range(0, 10_000, 10))
    lines = ["contain block ip:203.0.113.1", "open 1", "ask 1", "handover case 1 looks odd", "verdict 1 hostile", "contain block ip:203.0.113.1", "handover response stop it", "contain block ip:203.0.113.1", "finish"]
    made = play(folder, desk, Done(team=True), iter(lines), console(), clock=lambda: float(next(ticks)))
    assert [(h.of, h.to, h.note) for h in made.handovers] == [("triage", "analysis", "case 1 looks odd"), ("analysis", "response", "stop it")]
    assert all(h.waited > 0 for h in made.handovers)
    assert set(made.seconds) == {"triage", "analysis", "response"}
    assert kept.take_up(folder)[1].stated.containment == ("block", "ip", "203.0.113.1")


def test_what_a_log_says_does_not_steer_the_terminal(vidocq, folder, tmp_path):
    desk = json.loads((folder / kept.DESK).read_text())
    desk["cards"][0]["alerts"][0]["title"] = "\x1b[2Jgone \u202e[bold]x[/bold]"
    (folder / kept.DESK).write_text(json.dumps(desk))
    said = run(vidocq, folder, tmp_path, "open 1", "finish").out
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "[bold]x[/bold]" in said


def test_a_folder_that_holds_anything_else_is_left_alone(vidocq, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    called = vidocq("exercise", "--out", tmp_path / "mine")
    assert called.status == 2
    assert "no exercise" in called.err
    assert vidocq("exercise", "--out", tmp_path / "new", "--case", tmp_path / "mine").status == 2
