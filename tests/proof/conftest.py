"""Longer sweeps and fault runs: only through `python -m tests.proof.run`, never in the daily tests."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal.app import configure
from portal.cli import read_ini
from tests.served import ROOT, Portal

collect_ignore_glob = [] if os.environ.get("PORTAL_PROOF") else ["test_*.py"]


@pytest.fixture(scope="session")
def _prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    Portal(folder).prepare()
    return folder


@pytest.fixture
def portal(_prepared: Path, tmp_path: Path) -> Portal:
    """A portal to start in processes of its own, with a database and an index that are this test's alone."""
    shutil.copytree(_prepared, tmp_path / "portal")
    return Portal(tmp_path / "portal")


@pytest.fixture
def beside(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The registry of that portal in this process, on the same database and index: what another server sees."""
    for name, value in portal.environ.items():
        if name.startswith("PORTAL_"):
            monkeypatch.setenv(name, value)
    found = configure(read_ini(str(ROOT / "development.ini"))).registry
    yield found
    for site in found.sites:
        site.engine.dispose()
