"""Longer sweeps and fault runs: `python -m tests.proof.run`, about four minutes; with `--long` about half an hour."""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.postgres import beside


def main(arguments: list[str]) -> int:
    """Run them, and end with one sentence."""
    form = "long" if "--long" in arguments else "short"
    rest = [argument for argument in arguments if argument != "--long"]
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "tests/proof", "--durations=0", "--durations-min=1", "-rA", *rest]
    with beside() as postgres:  # without it, what runs on PostgreSQL is skipped and says so
        environment = {**os.environ, **postgres, "PORTAL_PROOF": form}
        code = subprocess.call(command, cwd=Path(__file__).parents[2], env=environment)
    minutes, seconds = divmod(round(time.monotonic() - started), 60)
    print(f"The {form} proof {'holds' if code == 0 else 'does not hold'}; it took {minutes} min {seconds} s.")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
