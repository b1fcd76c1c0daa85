"""The house rules that a linter does not know."""

import ast
from pathlib import Path

import pytest

from tests.composed import ROOT

CODE = sorted([*(ROOT / "portal").rglob("*.py"), *(ROOT / "search").rglob("*.py")])
TESTS = sorted((ROOT / "tests").rglob("*.py"))
CLOCK = ROOT / "portal" / "foundation" / "clock.py"
#: The search package stands alone and knows no portal; who gives it no clock gets the machine's.
OWN_CLOCK = {ROOT / "search" / "engines" / f"{engine}.py" for engine in ("memory", "whoosh", "postgresql")}
#: Asking the machine what time it is. `time.monotonic` measures how long, that is something else.
ASKS_THE_TIME = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time"),
    ("time", "localtime"), ("time", "gmtime"),
}  # fmt: skip
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "managers"}
#: Folders whose tests are read as the description of the portal.
OURS_TO_READ = {"journeys", "house", "content"}
#: House rule 2: a file fits a coffee, a function a screen's third. These are the outer limits.
LONGEST_FILE, LONGEST_FUNCTION = 350, 60


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def nodes(path: Path, *kinds: type[ast.AST]) -> list[ast.AST]:
    return [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, kinds)]


def called(node: ast.AST) -> tuple[str, str]:
    """(what stands before the dot, what after it) of a call."""
    function = node.func
    if not isinstance(function, ast.Attribute):
        return "", getattr(function, "id", "")
    before = function.value
    return getattr(before, "attr", getattr(before, "id", "")), function.attr


@pytest.mark.parametrize("path", [path for path in CODE if path not in {CLOCK, *OWN_CLOCK}], ids=name)
def test_time_is_asked_from_the_clock(path):
    assert [node.lineno for node in nodes(path, ast.Call) if called(node) in ASKS_THE_TIME] == []
    imported = {one.name for node in nodes(path, ast.ImportFrom) if node.module == "time" for one in node.names}
    assert imported <= {"monotonic", "perf_counter", "sleep"}


@pytest.mark.parametrize("path", [CLOCK, *sorted(OWN_CLOCK)], ids=name)
def test_a_clock_asks_the_machine_in_one_place(path):
    assert [called(node) for node in nodes(path, ast.Call) if called(node) in ASKS_THE_TIME] == [("datetime", "now")]


def test_the_name_of_a_file_says_what_is_in_it():
    assert [name(path) for path in (*CODE, *TESTS) if path.stem in SAYS_NOTHING] == []


@pytest.mark.parametrize("path", [path for path in CODE if path.stem in {"rules", "services"}], ids=name)
def test_a_number_of_days_has_a_name(path):
    """A term is policy: it stands as a constant with its source, not as a number in the middle of a function."""
    functions = nodes(path, ast.FunctionDef)
    calls = [call for function in functions for call in ast.walk(function) if isinstance(call, ast.Call)]
    bare = [
        call.lineno
        for call in calls
        if called(call)[1] == "timedelta"
        for value in (*call.args, *(keyword.value for keyword in call.keywords))
        if isinstance(value, ast.Constant) and value.value not in {0, 1}
    ]
    assert bare == []


@pytest.mark.parametrize("path", CODE, ids=name)
def test_nothing_is_fetched_from_the_air(path):
    """No thread-locals: whoever needs the request is handed it."""
    fetched = {one.name for node in nodes(path, ast.ImportFrom) for one in node.names}
    assert not fetched & {"get_current_request", "get_current_registry", "scoped_session"}


@pytest.mark.parametrize("path", [*CODE, *TESTS], ids=name)
def test_a_file_fits_a_coffee_or_two(path):
    if "migrations" not in path.parts:
        assert len(path.read_text("utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", CODE, ids=name)
def test_a_function_fits_a_screen(path):
    if "migrations" in path.parts:
        return
    functions = nodes(path, ast.FunctionDef, ast.AsyncFunctionDef)
    assert [f.name for f in functions if f.end_lineno - f.lineno + 1 > LONGEST_FUNCTION] == []


@pytest.mark.parametrize("path", TESTS, ids=name)
def test_tests_use_the_real_thing(path):
    modules = {node.module for node in nodes(path, ast.ImportFrom)}
    modules |= {one.name for node in nodes(path, ast.Import) for one in node.names}
    assert not {module for module in modules if module and module.split(".")[-1] == "mock"}


@pytest.mark.parametrize("path", [path for path in TESTS if path.parent.name in OURS_TO_READ], ids=name)
def test_the_name_of_a_test_is_a_sentence(path):
    tests = [f.name for f in nodes(path, ast.FunctionDef) if f.name.startswith("test_")]
    assert [test for test in tests if test.count("_") < 3] == []
    assert len(tests) == len(set(tests))
