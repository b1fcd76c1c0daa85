"""How often things are killed: some times by default, as often as promised with `--long` (`run.py` says which)."""

import os

LONG = os.environ.get("PORTAL_CHAOS") == "long"
#: How often the serving process is killed, on SQLite.
KILLS = 60 if LONG else 20
#: How often the whole of PostgreSQL is killed.
POSTGRES_KILLS = 10 if LONG else 3
#: Requests from one kill to the next.
EVERY = 8 if LONG else 5
POSTGRES_EVERY = 12 if LONG else 8
#: What chance begins with; another number gives other moments.
SEED = int(os.environ.get("PORTAL_CHAOS_SEED", "2311"))
