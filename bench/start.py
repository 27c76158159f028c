"""How long a server takes to start and what it then weighs: a new process each time, first on an empty data folder, then on a made one.

The first start also compiles every module; the next ones read what it kept, as they do wherever the product is installed.
"""

import json
import os
import subprocess
import sys
from statistics import median
from tempfile import TemporaryDirectory

from bench._record import record, table

ROUNDS = 5
START = """
import json, resource, sys, time
from mobility.settings import Settings
from mobility.keys import with_keys
from wsgi import create_app
imported = time.process_time()
app = create_app(with_keys(Settings.from_env({"POINT_ETAPE_DATA_DIR": sys.argv[1]})))
made = time.process_time()
for _ in range(20):
    app.test_client().get("/")
pages = [line for line in open("/proc/self/status") if line.startswith("VmRSS")]
print(json.dumps([imported, made, int(pages[0].split()[1]) / 1024]))
"""


def main() -> None:
    with TemporaryDirectory() as folder:
        first = _start(folder)
        runs = [_start(folder) for _ in range(ROUNDS)]
    imported, made, weight = (median(column) for column in zip(*runs, strict=True))
    rows = [("imports, CPU s", f"{imported:.2f}", ""), ("ready to answer, CPU s", f"{made:.2f}", "≤ 2")]
    rows += [("weight after 20 pages, MB", f"{weight:.0f}", "≤ 120"), ("the very first one, CPU s", f"{first[1]:.2f}", "")]
    record("start", "Start", table(("a server", "median", "limit"), *rows))


def _start(folder: str) -> list[float]:
    at = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPYCACHEPREFIX": folder}
    done = subprocess.run([sys.executable, "-c", START, folder], check=True, capture_output=True, text=True, env=at)
    told: list[float] = json.loads(done.stdout)
    return told


if __name__ == "__main__":
    main()
