"""Longer sweeps and fault runs: only through `python -m tests.proof.run`, never in the daily tests."""

import os
import shutil
from pathlib import Path

import pytest

from tests.served import Portal

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
