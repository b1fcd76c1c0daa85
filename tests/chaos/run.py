"""Kills while people send: `python -m tests.chaos.run`, a minute and a half; with `--long` about six.

PORTAL_CHAOS_SEED gives other moments; every run prints its own.
"""

import os
import subprocess
import sys
import time
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Run them, and end with one sentence."""
    form = "long" if "--long" in arguments else "short"
    rest = [argument for argument in arguments if argument != "--long"]
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "tests/chaos", "--durations=0", "--durations-min=1", "-rA", *rest]
    code = subprocess.call(command, cwd=Path(__file__).parents[2], env={**os.environ, "PORTAL_CHAOS": form})
    minutes, seconds = divmod(round(time.monotonic() - started), 60)
    print(f"The {form} chaos {'loses nothing' if code == 0 else 'does damage'}; it took {minutes} min {seconds} s.")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
