"""`vidocq new` writes units that `vidocq check` passes, and `check` names what is wrong with one: in a package of somebody else's."""

import itertools
import json
import sys

import pytest

COUNT = itertools.count(1)
UNITS = {"source": "branch_door", "detection": "door/forced", "question": "door/opened_before", "hypothesis": "burglary"}
ROOM = {"source": "sources", "detection": "detections", "question": "questions", "hypothesis": "hypotheses"}


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Makes installed packages of content, found as `pip install` leaves them; each name is used once."""
    monkeypatch.syspath_prepend(str(tmp_path))
    made = []

    def make():
        name = f"branch_{next(COUNT)}"
        made.append(name)
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
        info = tmp_path / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[vidocq.content]\n{name} = {name}\n")
        return tmp_path / name

    yield make
    for module in [m for m in sys.modules if m.split(".")[0] in made]:
        del sys.modules[module]


def file_of(folder, kind):
    return folder / ROOM[kind] / (f"{UNITS[kind]}/source.py" if kind == "source" else f"{UNITS[kind]}.py")


def changed(file, old, new):
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


@pytest.mark.parametrize("kind", UNITS)
def test_a_new_unit_passes_its_own_cases(vidocq, package, kind):
    folder = package()
    made = vidocq("new", kind, UNITS[kind], "--into", folder)
    assert made.status == 0
    assert str(file_of(folder, kind)) in made.out
    assert f'[project.entry-points."vidocq.content"] {folder.name} = "{folder.name}"' in made.out
    called = vidocq("check", f"{ROOM[kind]}/{UNITS[kind]}")
    assert (called.status, called.err) == (0, "")
    cases = {"source": 1, "detection": 2, "question": 4, "hypothesis": 2}
    assert called.out == f"{cases[kind]} cases, 0 wrong"
    again = vidocq("new", kind, UNITS[kind], "--into", folder)
    assert again.status == 2
    assert "it is already there" in again.err


@pytest.mark.parametrize("arguments", [("sonnet", "x"), ("question", "Door/Opened"), ("question", "../x"), ("question", "door/1st"), ("question", ""), ("question", "a b")])
def test_what_cannot_be_made(vidocq, package, arguments):
    folder = package()
    called = vidocq("new", *arguments, "--into", folder)
    assert called.status == 2
    assert sorted(p.name for p in folder.iterdir()) == ["__init__.py"]


def test_a_folder_that_is_no_package_name(vidocq, tmp_path):
    called = vidocq("new", "question", "x", "--into", tmp_path / "my-units")
    assert called.status == 2
    assert "my-units" in called.err


def test_a_unit_that_nobody_has_is_told_with_those_near_it(vidocq):
    called = vidocq("check", "questions/cloud/refusd")
    assert called.status == 2
    assert "questions/cloud.refused" in called.err


FAULTS = {
    "a case that comes out differently": ("question", ".cases.yaml", "failed: 25", "failed: 24", "answers {'failed': 25}, not {'failed': 24}"),
    "a detection that stays silent": ("detection", ".cases.yaml", "times: 25", "times: 5", "stays silent"),
    "a detection that fires": ("detection", ".cases.yaml", "times: 3,", "times: 30,", "fires 1 times"),
    "another verdict": ("hypothesis", ".cases.yaml", "severity: 4", "severity: 1", "ends dismissed"),
    "cases that are no YAML": ("question", ".cases.yaml", "- name: silence", "- name: 'silence", "it is no YAML"),
    "a case without a name": ("question", ".cases.yaml", "- name: silence", "- title: silence", "it has no name"),
    "a case without an answer": ("question", ".cases.yaml", "answer: {grade: a few}", "reply: {}", "it cannot be played (KeyError: 'answer')"),
    "a misspelt column in a case": ("question", ".cases.yaml", "actor_user: bob", "actor_usr: bob", "authentication has no column 'actor_usr' (near it: actor_user)"),
    "a misspelt table in a case": ("question", ".cases.yaml", "authentication:", "authentcation:", "there is no table 'authentcation' (near it: authentication)"),
    "a time that is none": ("detection", ".cases.yaml", "2025-01-06T09:10:00Z", "noon", "it cannot be played (ValueError"),
    "an event that is not expected": ("source", "expected.jsonl", "hello", "good bye", '"message": "hello"'),
    "a sample that is not recognised": ("source", "sample.jsonl", "a_field_only_this_log_has", "another_field", "is read by no source"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_unit_whose_cases_are_wrong_is_named_with_file_and_reason(vidocq, package, fault):
    kind, name, old, new, reason = FAULTS[fault]
    folder = package()
    vidocq("new", kind, UNITS[kind], "--into", folder)
    unit = file_of(folder, kind)
    changed(unit.parent / name if kind == "source" else unit.with_suffix(name), old, new)
    called = vidocq("check", f"{ROOM[kind]}/{UNITS[kind]}")
    assert called.status == 5
    assert f"{ROOM[kind]}/{UNITS[kind].replace('/', '.')}: " in called.err
    assert reason in called.err
    assert str(unit.parent) in called.err


REFUSED = {
    "a column of a measure": ("question", "status = 'failure'", "staus = 'failure'", "measure 'failed': names 'staus', which is not there (near it: status)"),
    "a column that ties": ("question", 'by=("actor_user",)', 'by=("actor",)', "ties by 'actor', which authentication does not have (near it: actor_user)"),
    "a table": ("question", 'of="authentication"', 'of="authenticate"', "asks of 'authenticate', which is no table (near it: authentication"),
    "a measure in a grade": ("question", "failed < 20", "faled < 20", "grade 'a few': names 'faled', which is not there (near it: failed)"),
    "a grade": ("question", '"many": Strength', '"may": Strength', "knows no answer 'may' (near it: many)"),
    "a hypothesis": ("question", '"credential_guessing"', '"credentials_guessing"', "the hypothesis 'credentials_guessing', which does not exist (near it: credential_guessing"),
    "a condition": ("question", '"failed = 0"', '"failed = ("', "does not parse"),
    "a rival": ("hypothesis", '"sensor_noise"', '"sensor_nose"', "names the rival 'sensor_nose', which does not exist (near it: sensor_noise"),
    "a question": ("hypothesis", '"alerts.product_verdict_machine"', '"alerts.product_verdict"', "expects an answer of 'alerts.product_verdict', which does not exist (near it: alerts.product_verdict"),
    "what a detection suggests": ("detection", '"credential_guessing"', '"guessing"', "suggests the hypothesis 'guessing', which does not exist"),
    "a column of a source": ("source", '"message": "{message}"', '"mesage": "{message}"', "fills 'mesage', which base_event does not have (near it: message)"),
    "a class of a source": ("source", '"base_event"', '"base_events"', "makes events of 'base_events', which is no class (near it: base_event)"),
    "a wrong kind": ("question", "QUESTION = Question(", "QUESTION = dict(", "QUESTION is no Question"),
    "another id": ("question", 'id="door.opened_before"', 'id="door.opened"', "its id is 'door.opened', its path says 'door.opened_before'"),
    "Python that does not parse": ("question", "QUESTION = Question(", "QUESTION = Question((", "it cannot be loaded (SyntaxError"),
    "an argument that nobody knows": ("question", "why=", "wherefore=", "it cannot be loaded (TypeError"),
    "a module that is not there": ("question", "from datetime import timedelta", "from datetimes import timedelta", "line 3: it cannot be loaded (ModuleNotFoundError"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_a_unit_that_contradicts_itself_is_refused_with_file_and_near_names(vidocq, package, tmp_path, fault):
    kind, old, new, reason = REFUSED[fault]
    folder = package()
    vidocq("new", kind, UNITS[kind], "--into", folder)
    changed(file_of(folder, kind), old, new)
    for call in (["check", f"{ROOM[kind]}/{UNITS[kind]}"], ["replay", tmp_path]):
        called = vidocq(*call)
        assert called.status == 5
        assert str(file_of(folder, kind)) in called.err
        assert reason in called.err


@pytest.mark.parametrize("change", [("FROM authentication", "FROM authentcation"), ("WHERE status =", "WHERE staus ="), ('entities={"actor_user"', 'entities={"actor_use"')])
def test_a_statement_that_the_store_refuses_is_named(vidocq, package, change):
    folder = package()
    vidocq("new", "detection", UNITS["detection"], "--into", folder)
    changed(file_of(folder, "detection"), *change)
    called = vidocq("check", "detections/door/forced")
    assert called.status == 5
    assert str(file_of(folder, "detection")) in called.err
    assert ("authentication" if "FROM" in change[0] else "status" if "WHERE" in change[0] else "actor_user") in called.err


def test_a_unit_of_another_package_is_found_and_used(vidocq, package, tmp_path):
    folder = package()
    vidocq("new", "source", "branch_door", "--into", folder)
    log = tmp_path / "door.log"
    log.write_text((folder / "sources" / "branch_door" / "sample.jsonl").read_text())
    assert vidocq("investigate", log, "--out", tmp_path / "out").status == 0
    assert [i["source"] for i in json.loads((tmp_path / "out" / "run.json").read_text())["inputs"]] == ["branch_door"]


def test_two_units_of_one_id_are_refused_with_both_files(vidocq, package):
    one, two = package(), package()
    for folder in (one, two):
        vidocq("new", "hypothesis", "burglary", "--into", folder)
    called = vidocq("check")
    assert called.status == 5
    assert "hypotheses/burglary stands in" in called.err
    assert all(str(file_of(folder, "hypothesis")) in called.err for folder in (one, two))


def test_a_package_that_is_not_there_is_named(vidocq, package):
    folder = package()
    (folder / "__init__.py").unlink()
    folder.rmdir()
    called = vidocq("check")
    assert called.status == 5
    assert folder.name in called.err
