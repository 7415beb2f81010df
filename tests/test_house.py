"""The house: floors, sizes, and what no source file may hold."""

import ast
import re
from pathlib import Path

import pytest

FLOORS = ["errors model", "settings store", "engine behaviour simulation", "content", "catalogue", "operations", "cli web"]
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms.split()}
SRC = Path(__file__).parents[1] / "src" / "vidocq"
MODULES = sorted(SRC.rglob("*.py"))
WALL, LONG = 400, 60


def room(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def imported(path: Path):
    """Modules of this package that a module names, however it says so: absolute, relative, or `from vidocq import x`."""
    package = ("vidocq", *path.relative_to(SRC).parent.parts)
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [base, node.module]))
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "vidocq" else [module]
        else:
            continue
        yield from (name for name in names if name.startswith("vidocq."))


def test_every_room_stands_on_a_floor():
    assert {room(p) for p in MODULES} - {"__init__", "__main__"} <= LEVEL.keys()


def test_no_import_runs_up_or_sideways():
    wrong = [
        f"{p.relative_to(SRC)} imports {name}, which does not stand below it"
        for p in MODULES if room(p) in LEVEL
        for name in imported(p)
        if (other := name.split(".")[1]) != room(p) and not name.startswith("vidocq.__") and LEVEL.get(other, 99) >= LEVEL[room(p)]
    ]
    assert not wrong, "\n".join(wrong)


def test_no_unit_imports_another():
    wrong = []
    for p in (SRC / "content").rglob("*.py"):
        # A source is a folder: its own modules, and what it keeps in folders of its own, are one unit.
        mine = ".".join(("vidocq", *p.relative_to(SRC).parent.parts[:3]))
        wrong += [f"{p.relative_to(SRC)} imports {n}" for n in imported(p) if n.startswith("vidocq.content") and not ("sources" in mine and n.startswith(mine))]
    assert not wrong, "\n".join(wrong)


def test_the_engine_has_no_hands():
    hands = {"os", "pathlib", "socket", "time", "random", "subprocess", "urllib", "requests", "shutil", "io", "duckdb"}
    wrong = []
    for p in [*(SRC / "engine").rglob("*.py"), *(SRC / "behaviour").rglob("*.py")]:
        for node in ast.walk(ast.parse(p.read_text())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            wrong += [f"{p.name} imports {n}" for n in names if n.split(".")[0] in hands]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SRC)))
def test_sizes(path):
    text = path.read_text()
    assert text.count("\n") <= WALL, "the design wants a split"
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno + 1 > LONG
    ]
    assert not long, "\n".join(long)


def test_no_drawer_for_everything():
    assert not [p for p in MODULES if p.stem.startswith(("utils", "helpers", "manager", "base_", "common", "misc"))]


def test_a_broad_except_stands_only_in_operations():
    wrong = []
    for p in MODULES:
        if room(p) in ("operations", "cli"):
            continue
        for node in ast.walk(ast.parse(p.read_text())):
            if isinstance(node, ast.ExceptHandler) and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))):
                wrong.append(f"{p.relative_to(SRC)}:{node.lineno}")
    assert not wrong, "\n".join(wrong)


def test_packages_hold_no_logic():
    for p in MODULES:
        if p.name == "__init__.py" and p.parent != SRC:
            body = ast.parse(p.read_text()).body
            assert all(isinstance(n, ast.Import | ast.ImportFrom | ast.Assign | ast.Expr) for n in body), p


def test_a_list_of_events_has_one_order():
    """Events of one moment come in any order from a window over time, and alerts are known by the events they carry."""
    loose = re.compile(r"(?<!list_sort\()(?<!list_distinct\()\blist\((?!DISTINCT)(?![^()]* ORDER BY )[^()]*\) OVER", re.I)
    wrong = [f"{p.relative_to(SRC)}: {found[0]}" for p in MODULES if "detections" in p.parts for found in loose.finditer(p.read_text())]
    assert not wrong, "\n".join(wrong)
