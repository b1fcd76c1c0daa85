"""How much the sweeps do: little by default, much with `--long` (`run.py` sets the environment)."""

import os

LONG = os.environ.get("PORTAL_PROOF") == "long"
#: Questions typed at random; each goes to four places.
EXAMPLES = int(os.environ.get("PORTAL_PROOF_EXAMPLES", "20000" if LONG else "2000"))
#: How often the worker is killed.
KILLS = 40 if LONG else 10
#: Connections that hardly say anything.
SLOW_CONNECTIONS = 800 if LONG else 200
#: Seconds that threads search while one writes.
THREADS_SECONDS = 60 if LONG else 10
#: Changes that are timed from the edit until search shows them.
CHANGES_TIMED = 60 if LONG else 15
#: Things that people do in the diaries of a team, on each of the two databases.
BOOKING_TURNS = int(os.environ.get("PORTAL_PROOF_BOOKINGS", "10000" if LONG else "1000"))
