"""Kills while people send: only through `python -m tests.chaos.run`. The test of the checker runs every day."""

import os
from pathlib import Path

import pytest

from tests.served import Portal

collect_ignore_glob = [] if os.environ.get("PORTAL_CHAOS") else ["test_kill_*.py"]


@pytest.fixture(scope="session")
def _compiled(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("compiled"))


@pytest.fixture
def unseeded(tmp_path: Path, _compiled: str) -> Portal:
    """A portal that has no database yet; Python compiles it once for all tests here."""
    portal = Portal(tmp_path)
    portal.environ["PYTHONPYCACHEPREFIX"] = _compiled
    return portal
