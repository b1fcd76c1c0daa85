"""How fast the portal is, beside a bare Pyramid in the same run: `python -m tests.bench.run`, or `make bench`.

Counted is time on the processor of the server alone (`/proc/PID/stat`), so that neither the client nor a busy machine
weighs in. A ratio of 0.60 means: one core serves 60 of these while a Pyramid that does nothing serves 100.
"""

import os
import re
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.full_team import fill_team, first_moments
from tests.bench.sending import ANSWERS, CHECK, SENDS, WARMING, Sends, p95, send_all, server_processes, write_drafts
from tests.postgres import beside
from tests.served import QUIET, Client, Portal, Served, free_port
from tests.unit.cleaning.asking import FORM
from tests.unit.conversations import talking

ROUNDS = 5
#: Seconds on the processor in one round: the kernel counts in hundredths.
ENOUGH = 0.25
FEWEST, MOST = 20, 3_000
TICK = os.sysconf("SC_CLK_TCK")
BROWSER = {"Accept-Encoding": "br, gzip"}
QUESTION = f"{FORM['nl']}/vraag"
MOMENT = f"{talking.FORM['nl']}/vraag/moment"
BEFORE_MOMENT = tuple(list(talking.ME)[: list(talking.ME).index("moment")])
#: Most milliseconds on the processor that 95 of 100 sends may take, and as many looks for the first free moments.
SEND_MS, MOMENTS_MS = 100, 25
MIB = 1024 * 1024
#: Pages of one kind (in one folder) that are read for the memory, per locale; and how often all of them.
PAGES_READ, TIMES_READ = 20, 2
LOCALES = ("nl", "en", "ar")


@dataclass
class Row:
    """One thing to ask. `goal` decides; `aim` (design, quality.md section 0) only shows how far we are."""

    what: str
    path: str
    goal: float | None = None
    aim: float | None = None
    server: str = "ours"
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    #: The questions that were answered before, when a draft is sent along.
    answered: tuple[str, ...] = ()
    kind: str = "cleaning"
    times: int = FEWEST
    spent: list[float] = field(default_factory=list)

    @property
    def ms(self) -> float:
        return statistics.median(self.spent) * 1000


ROWS = (
    Row("bare Pyramid, “hello”", "/", server="bare"),
    Row("content page, repeated", "/nl/klacht", 0.6, 0.85),
    Row("  the same, pressed (br)", "/nl/klacht", headers=BROWSER),
    Row("conditional GET, 304", "/nl/klacht", 0.6, 0.90, status=304),
    Row("content page, first render", "/nl/klacht", 0.08, 0.12, server="nothing kept"),
    Row("  the same, pressed (br)", "/nl/klacht", server="nothing kept", headers=BROWSER),
    Row("find team, ?waar=8031AB", "/nl/vind-uw-team?waar=8031AB"),
    Row("search page, ?q=schulden", "/nl/zoeken?q=schulden", aim=0.06),
    Row("social map, two filters", "/nl/sociale-kaart?thema=geld&gratis=yes"),
    Row("form page", f"{QUESTION}/who", 0.20, 0.30),
    Row("  the same, pressed (br)", f"{QUESTION}/who", headers=BROWSER),
    Row("  a later question, with a draft", f"{QUESTION}/home", 0.20, answered=("who",)),
    Row("  a question answered before", f"{QUESTION}/reach", answered=tuple(ANSWERS)),
    Row("  the check page", CHECK, answered=tuple(ANSWERS)),
    Row("  which moments are free", MOMENT, 0.05, answered=BEFORE_MOMENT, kind="conversation"),
    Row("  reaction to a page", "/nl/reactie?pagina=klacht", aim=0.30),
    Row("API, teams", "/api/v1/teams?where=8031AB"),
)


def processor_seconds(pid: int) -> float:
    """What a process has used of the processor so far."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def resident(pid: int) -> float:
    """The memory a process holds, in MiB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MIB


def apart() -> tuple[set[int], set[int]]:
    """Cores for the servers and for us; the same when there is only one."""
    cores = sorted(os.sched_getaffinity(0))
    return {cores[0]}, set(cores[1:]) or {cores[0]}


def one_round(row: Row, server: Served) -> float:
    """Seconds on the processor for one request of many on one connection."""
    client = server.client()
    client.get(row.path, row.headers)
    before = processor_seconds(server.pid)
    for _ in range(row.times):
        reply = client.get(row.path, row.headers)
        if reply.status != row.status:
            raise RuntimeError(f"{row.path} answers {reply.status}")
    spent = processor_seconds(server.pid) - before
    client.close()
    return spent / row.times


def measure(servers: Mapping[str, Served], database: str) -> None:
    """Fill the rows: all of them in turn, several times over, so that a bad moment hits every row alike."""
    for row in ROWS:
        server = servers[row.server]
        if row.answered:
            row.headers = {"Cookie": write_drafts(database, 1, row.answered, row.kind)[0].cookies}
        if row.status == 304:
            client = server.client()
            row.headers = {"If-None-Match": client.get(row.path).headers["etag"]}
            client.close()
        row.times = 50
        one_round(row, server)  # whatever comes with the first
        row.times = min(max(round(ENOUGH / max(one_round(row, server), 1e-4)), FEWEST), MOST)
    for _ in range(ROUNDS):
        for row in ROWS:
            row.spent.append(one_round(row, servers[row.server]))


def ratio(row: Row) -> float:
    """How the bare one compares, round by round."""
    return statistics.median(bare / ours for bare, ours in zip(ROWS[0].spent, row.spent, strict=True))


def print_table() -> list[str]:
    """The table; returns the rows that fall short."""
    short = []
    print(f"{'what':34}{'CPU ms':>8}{'req/s per core':>16}{'ratio':>8}{'goal':>7}{'aim':>7}")
    for row in ROWS:
        found, verdict = ratio(row), ""
        if row.goal is not None:
            verdict = "  ok" if found >= row.goal else "  short"
        if verdict == "  short":
            short.append(f"{row.what.strip()} ({found:.2f}, goal {row.goal})")
        wanted = "".join(f"{value:7.2f}" if value else " " * 7 for value in (row.goal, row.aim))
        print(f"{row.what:34}{row.ms:8.3f}{1000 / row.ms:16.0f}{found:8.2f}{wanted}{verdict}")
    return short


def every_kind_of_page(client: Client, locale: str) -> Iterator[str]:
    """Addresses of a locale: what a visitor who clicks on everything meets, and some questions."""
    start = f"/{locale}/"
    seen, ahead, kinds = {start}, [start], Counter[str]()
    for path in ahead:
        reply = client.get(path)
        yield path
        for href in re.findall(r'href="([^"#]+)', reply.body.decode()):
            address = href.replace("&amp;", "&")
            kind = address.partition("?")[0].rpartition("/")[0] + "?" * ("?" in address)
            if address.startswith(start) and address not in seen and kinds[kind] < PAGES_READ:
                seen.add(address)
                ahead.append(address)
                kinds[kind] += 1
    dutch = locale == "nl"
    find, search, map_ = (
        ("vind-uw-team", "zoeken", "sociale-kaart") if dutch else ("find-your-team", "search", "social-map")
    )
    form = "reactie" if dutch else "feedback"
    yield from (f"{start}{find}?waar={where}" for where in ("8031AB", "Asendorp", "8017", "1234", "Almelo"))
    yield from (f"{start}{search}?q={words}" for words in ("schulden", "sgulden", "mijn+man+slaat+mij", "qqqq"))
    yield from (f"{start}{map_}?thema=geld&q={words}" for words in ("hulp", ""))
    yield f"{start}{form}?pagina=klacht"
    yield f"{start}does-not-exist"


def read_everything(server: Served) -> tuple[float, float]:
    """The memory after people have read every kind of page, and after programs have asked too, in MiB."""
    for _ in range(TIMES_READ):
        for locale in LOCALES:
            client = server.client()
            for path in list(every_kind_of_page(client, locale)):
                client.get(path, BROWSER)
            client.close()
    by_people = resident(server.pid)
    client = server.client()
    for path in ("/api/v1/teams?where=8031AB", "/api/v1/search?q=schulden", "/gezondheid", "/sitemap.xml"):
        client.get(path, BROWSER)
    client.close()
    return by_people, resident(server.pid)


def first_visit(server: Served) -> list[tuple[str, int]]:
    """The requests of somebody's first visit, each with its bytes over the wire, headers included."""
    client = server.client()
    page = client.get("/nl/", BROWSER)
    html = client.get("/nl/").body.decode()
    found = re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"]+)"|<(?:script|img)\b[^>]* src="([^"]+)"', html)
    requests = [("/nl/", page.bytes)]
    for pair in found:
        path = next(filter(None, pair))
        if path.startswith("data:"):
            continue
        reply = client.get(path, BROWSER)
        requests.append((path, reply.bytes))
        if path.endswith(".css"):  # what a style sheet brings along
            css = client.get(path).body.decode()
            more = [url for url in re.findall(r"url\([\"']?([^\"')]+)", css) if not url.startswith("data:")]
            requests += [(url, client.get(url, BROWSER).bytes) for url in more]
    client.close()
    return requests


def judged(value: float, most: float) -> str:
    """The verdict on a value that should stay below."""
    return "ok" if round(value) <= most else "short"


def on_postgresql(folder: Path) -> tuple[Sends, Sends] | None:
    """The same sends, and looks for free moments, where PostgreSQL keeps them, its own work counted in.

    None without PostgreSQL.
    """
    with beside() as postgres:
        if not postgres:
            return None
        portal = Portal(folder)
        portal.database = postgres["PORTAL_TEST_POSTGRES"].format(database="postgres")
        portal.environ["PORTAL_SITE_ZWOLLE_DATABASE"] = portal.database
        folder.mkdir()
        with portal.prepare().serving() as server:
            warm, *drafts = write_drafts(portal.database, SENDS + WARMING + 1)
            send_all(server, [warm])
            sends = send_all(server, drafts, server_processes(portal.database))
        fill_team(portal.database)
        return sends, first_moments(portal.database)


def main() -> int:
    """Measure and print. 1 when a goal is not reached."""
    for_servers, for_us = apart()
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder, ExitStack() as running:
        portal = Portal(Path(folder)).prepare()
        fill_team(portal.database)
        os.sched_setaffinity(0, for_servers)  # what we start now inherits it
        port = free_port()
        command = [sys.executable, "-m", "tests.bench.bare", str(port)]
        bare = Served(command, port, "/", {**portal.environ, "PYTHONWARNINGS": QUIET}, Path(folder) / "bare.log")
        running.callback(bare.stop)
        ours = running.enter_context(portal.serving())
        nothing_kept = running.enter_context(portal.serving(PORTAL_PAGE_CACHE_MIB="0"))
        os.sched_setaffinity(0, for_us)
        measure({"bare": bare, "ours": ours, "nothing kept": nothing_kept}, portal.database)
        sends = {"SQLite": send_all(ours, write_drafts(portal.database, SENDS + WARMING))}
        moments = {"SQLite": first_moments(portal.database)}
        visit = first_visit(ours)
        with portal.serving() as fresh:
            by_people, by_all = read_everything(fresh)
        os.sched_setaffinity(0, for_servers | for_us)
        starts = []
        for _ in range(3):
            with portal.serving() as again:
                starts.append(again.ready_after)
        there = on_postgresql(Path(folder) / "postgresql")
        if there:
            sends["PostgreSQL"], moments["PostgreSQL"] = there
    short = print_table()
    short += print_sends("sending a request", sends, SEND_MS)
    short += print_sends("first 20 free moments", moments, MOMENTS_MS)
    return report(short, by_people, by_all, visit, statistics.median(starts))


def print_sends(what: str, sends: Mapping[str, Sends], limit: int) -> list[str]:
    """What it costs on each database; returns where it takes too long."""
    print()
    for engine, measured in sends.items():
        verdict = judged(p95(measured.spent), limit)
        print(f"{what}, {engine + ', ms':16}{measured}   limit {limit} (p95)   {verdict}")
    return [f"{what}, {engine}" for engine, measured in sends.items() if p95(measured.spent) > limit]


def report(short: list[str], by_people: float, by_all: float, visit: list[tuple[str, int]], start: float) -> int:
    """Print the rest, and what falls `short`; 1 when a goal is not reached."""
    total = sum(size for _path, size in visit)
    print()
    kinds = f"memory after every kind of page in {len(LOCALES)} locales"
    print(f"{kinds}: {by_people:.0f} MiB   goal 100   {judged(by_people, 100)}")
    print(f"  and after questions of programs too:              {by_all:.0f} MiB")
    print(f"cold start to the first good answer:                {start:.2f} s   aim 0.7")
    print(f"first visit, compressed:  {total / 1000:.1f} KB in {len(visit)} requests   goal 25 KB in 4   ", end="")
    print("ok" if total <= 25_000 and len(visit) <= 4 else "short")
    for path, size in visit:
        print(f"  {path:40}{size:7} bytes")
    if round(by_people) > 100:
        short.append(f"memory ({by_people:.0f} MiB, goal 100)")
    if total > 25_000 or len(visit) > 4:
        short.append(f"first visit ({total / 1000:.1f} KB in {len(visit)} requests, goal 25 in 4)")
    print()
    print(f"Short of the goal: {'; '.join(short)}." if short else "Every goal is reached.")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
