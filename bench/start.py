"""How long a server takes to start and what it then weighs: a new process each time, first on an empty data folder, then on a made one.

The first start also compiles every module; the next ones read what it kept, as they do wherever the product is installed. A worker is
weighed as docs/deployment.md serves: three made of one process, whatever they and it hold divided among the three. Alone it weighs more.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench._record import record, table
from tests.serving import serving

ROUNDS, WORKERS, PAGES = 5, 3, 20
START = """
import json, resource, sys, time
from mobility.settings import Settings
from mobility.keys import with_keys
from wsgi import create_app
imported = time.process_time()
app = create_app(with_keys(Settings.from_env({"POINT_ETAPE_DATA_DIR": sys.argv[1]})))
made = time.process_time()
for _ in range(int(sys.argv[2])):
    app.test_client().get("/")
pages = [line for line in open("/proc/self/status") if line.startswith("VmRSS")]
print(json.dumps([imported, made, int(pages[0].split()[1]) / 1024]))
"""


def main() -> None:
    with TemporaryDirectory() as folder:
        first = _start(folder)
        runs = [_start(folder) for _ in range(ROUNDS)]
        share = _share(folder)
    imported, made, weight = (median(column) for column in zip(*runs, strict=True))
    rows = [("imports, CPU s", f"{imported:.2f}", ""), ("ready to answer, CPU s", f"{made:.2f}", "≤ 2")]
    rows += [("the very first one, CPU s", f"{first[1]:.2f}", ""), (f"weight alone, after {PAGES} pages, MB", f"{weight:.0f}", "")]
    rows += [(f"weight of each of {WORKERS} workers, after {PAGES} pages each, MB", f"{share:.0f}", "≤ 120")]
    record("start", "Start", table(("a server", "median", "limit"), *rows))


def _start(folder: str) -> list[float]:
    done = subprocess.run([sys.executable, "-c", START, folder, str(PAGES)], check=True, capture_output=True, text=True, env=_told(folder))
    told: list[float] = json.loads(done.stdout)
    return told


def _share(folder: str) -> float:
    """What one of the workers weighs, in MB: all that they and the process they were made of hold, divided among them."""
    with serving("wsgi:create_app()", WORKERS, _told(folder) | {"POINT_ETAPE_DATA_DIR": folder}) as address:
        for _ in range(WORKERS * PAGES):
            address.ask("GET", "/", {})
        held = sum(_held(pid) for pid in (address.pid, *address.workers()))
    return held / WORKERS / 1024


def _held(pid: int) -> int:
    """What a process holds, in KiB: a page of memory that n processes hold counts for an nth in each."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:"))


def _told(folder: str) -> dict[str, str]:
    """The environment of a start that keeps its compiled modules in the folder."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPYCACHEPREFIX": folder}


if __name__ == "__main__":
    main()
