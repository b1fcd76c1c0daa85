"""Longer sweeps and fault runs: only through `python -m tests.proof.run`, never in the daily tests."""

import os

collect_ignore_glob = [] if os.environ.get("PORTAL_PROOF") else ["test_*.py"]
