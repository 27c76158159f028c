#!/usr/bin/env python3
"""The project's commands: `python3 dev.py TASK`. Needs Python alone; makes .venv from the hashed locks by itself, without root."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

try:
    import tomllib
except ModuleNotFoundError:
    sys.exit("Point-Étape needs Python 3.11 or newer: run this with python3.11 or a later one.")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")

# Each layer adds to those before it. Above the first, its name is an extra of pyproject.toml.
LAYERS = {
    "runtime": ROOT / "requirements.lock",
    "test": ROOT / "requirements-test.lock",
    "browser": ROOT / "requirements-browser.lock",
}
INSTALLER = ROOT / "requirements-installer.lock"  # uv alone, so that even the first download is checked
RESOLVE = ["pip", "compile", "--quiet", "--universal", "--python-version=3.11", "--generate-hashes", "--no-header", "--no-annotate"]

NO_BROWSER = ["--ignore=tests/browser"]  # its imports are in the layer that only `browser` installs
NO_TEST = 5  # pytest's code when nothing was selected

os.environ.setdefault("UV_SYSTEM_CERTS", "true")  # workplaces put their own authority there; pip reads it already

NO_INSTALLER = (
    "This Python has neither pip nor a way to make an environment with it: "
    "install Debian's python3-venv package (apt install python3-venv), or uv, then run this again."
)


# -- Tasks: the first line of each docstring is what `python3 dev.py` lists ---------------------------------


def demo(*arguments: str) -> int:
    """[--db URL] [--port N]: build the demo, serve it on this machine, print its address and accounts."""
    install("runtime")
    os.environ["POINT_ETAPE_DEMO"] = "1"
    return run("flask", "--app", "wsgi", "demo", *arguments)


def test(*arguments: str) -> int:
    """[pytest arguments]: the suite on SQLite and PostgreSQL, in parallel; `check` holds the architecture."""
    install("runtime", "test")
    held = ["-m", "not proof and not live", "--ignore=tests/architecture"]
    return run("pytest", *NO_BROWSER, *held, "-n", workers(), "--dist", "worksteal", *arguments)


def check() -> int:
    """Formatting, lint, types, the floors' contracts, architecture, fresh locks."""
    install("runtime", "test")
    steps = ["ruff format --check .", "ruff check .", "mypy", "lint-imports --no-logo", "pytest -q tests/architecture"]
    red = [step for step in steps if run(*step.split()) != 0]
    print("check: red in " + ", ".join(red) if red else "check: all green")
    return 1 if red else 0


def proofs(*arguments: str) -> int:
    """[pytest arguments]: the promises at full size, each printing its figure: side by side, then the races alone."""
    install("runtime", "test")
    codes = [
        run("pytest", *NO_BROWSER, "-m", "proof and not race", "-n", workers(), "--dist", "worksteal", *arguments),
        run("pytest", *NO_BROWSER, "-m", "proof and race", *arguments),
    ]
    return next((code for code in codes if code not in (0, NO_TEST)), min(codes))


def bench(*names: str) -> int:
    """[name …] [--large] [--huge]: the measurements in bench/, all of them or those named; `fleet` alone has larger sizes."""
    install("runtime", "test")
    known = sorted(path.stem for path in ROOT.glob("bench/[a-z]*.py"))
    options = [name for name in names if name.startswith("--")]
    names = tuple(name for name in names if name not in options)
    if unknown := set(names) - set(known):
        sys.exit(f"No bench named {', '.join(sorted(unknown))}; there are: {', '.join(known) or 'none yet'}.")
    return max((run("python", "-m", f"bench.{name}", *options) for name in names or known), default=0)


def browser(*arguments: str) -> int:
    """[pytest arguments]: the pages in a real Chromium (the system's): axe, keyboard, screenshots."""
    install("runtime", "test", "browser")
    return run("pytest", "tests/browser", "-n", workers(), "--dist", "worksteal", *arguments)


def lock() -> int:
    """Resolve pyproject.toml anew into the hashed locks."""
    uv = find_uv() or sys.exit("Locking needs uv, which could not be had here.")
    below: list[Path] = []
    for layer, path in LAYERS.items():
        write_lock(path, resolve(uv, extras=list(LAYERS)[1 : len(below) + 1], below=below))
        below.append(path)
        print(f"{layer}: {len(pins(path.read_text()))} packages in {path.name}")
    write_lock(INSTALLER, resolve(uv, extras=["installer"], below=below))
    return 0


def tongues() -> int:
    """Bring tongues/*.po up to what is said in the code and the templates; what is new waits there to be translated."""
    install("runtime", "test")
    return run("python", "-m", "tests.tongues")


def screenshot() -> int:
    """Take the README's picture, docs/screenshots/desk.png, from the demo."""
    install("runtime", "test", "browser")
    return run("python", "-m", "tests.browser.screenshot")


_ALL = (demo, test, check, proofs, bench, browser, lock, tongues, screenshot)
TASKS: dict[str, Callable[..., int]] = {task.__name__: task for task in _ALL}


def workers() -> str:
    """How many tests run side by side: one a core, two at least."""
    return str(max(2, os.cpu_count() or 2))


def run(tool: str, *arguments: str) -> int:
    """Run a tool of the environment from the checkout; its exit code."""
    try:
        return subprocess.run([BIN / tool, *arguments], cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 130


# -- Installing ---------------------------------------------------------------------------------------------


def install(*layers: str) -> None:
    """Bring .venv up to the locks of these layers; immediate when it is there already."""
    if not works(BIN / "python"):
        make_environment()
    stale = [layer for layer in layers if read(stamp(layer)) != digest(LAYERS[layer].read_bytes())]
    if stale:
        print(f"Installing into {VENV.name}: {', '.join(stale)} …", flush=True)
        # All of them: what a layer's packages need may be pinned, and hashed, in the layer below.
        install_locks([LAYERS[layer] for layer in layers])
    for layer in stale:
        stamp(layer).write_text(digest(LAYERS[layer].read_bytes()))


def install_locks(locks: Iterable[Path]) -> None:
    """Install exactly what the locks name, hashes checked: with uv, or with pip where uv cannot do it."""
    files = [word for path in locks for word in ("-r", str(path))]
    if uv := find_uv():
        done = subprocess.run([uv, "pip", "install", "--quiet", "--python", BIN / "python", "--require-hashes", *files], check=False)
        if done.returncode == 0:
            return
        print("uv could not install; trying pip …", flush=True)
    if subprocess.run([*find_pip(), "install", "--quiet", "--require-hashes", *files], check=False).returncode != 0:
        sys.exit("The installation failed: what pip says above is the reason.")


def make_environment() -> None:
    """An empty .venv. Debian's Python without python3-venv can make one too, only without pip inside."""
    print(f"Making {VENV.name} …", flush=True)
    make = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if shutil.which("uv") or subprocess.run(make, capture_output=True, check=False).returncode != 0:
        subprocess.run([*make, "--without-pip"], check=True)


def find_uv() -> str | None:
    """uv from the PATH, else our pinned one in .venv; None where neither can be had."""
    if found := shutil.which("uv") or shutil.which("uv", path=str(BIN)):
        return found
    if not works(BIN / "python"):
        make_environment()
    subprocess.run([*find_pip(), "install", "--quiet", "--require-hashes", "-r", str(INSTALLER)], capture_output=True, check=False)
    return shutil.which("uv", path=str(BIN))


def find_pip() -> list[str]:
    """pip of the environment, else the one of the Python that runs this, told to install there."""
    if works(BIN / "python", "-m", "pip"):
        return [str(BIN / "python"), "-m", "pip", "--disable-pip-version-check"]
    if works(sys.executable, "-m", "pip"):
        return [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(BIN / "python")]
    sys.exit(NO_INSTALLER)


def works(*command: str | Path) -> bool:
    """Whether the command is there and answers."""
    try:
        return subprocess.run([*command, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def stamp(layer: str) -> Path:
    """Where .venv remembers the lock that a layer was installed from."""
    return VENV / f".installed-{layer}"


# -- Locking ------------------------------------------------------------------------------------------------


def resolve(uv: str, *, extras: list[str], below: list[Path]) -> str:
    """Pins with hashes for the project with these extras, agreeing with the layers below and leaving out what those hold already."""
    options = [f"--extra={extra}" for extra in extras] + [f"--constraint={path}" for path in below]
    done = subprocess.run([uv, *RESOLVE, "pyproject.toml", *options], cwd=ROOT, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit("uv found no set of versions that fits: its words above say why.")
    held = {pin for path in below for pin in pins(path.read_text())}
    return "".join(pin for pin in pins(done.stdout) if pin not in held)


def pins(lock_text: str) -> list[str]:
    """A lock's entries, each a requirement with its lines of hashes."""
    entries: list[str] = []
    for line in lock_text.splitlines(keepends=True):
        if line.startswith(" "):
            entries[-1] += line
        elif not line.startswith("#"):
            entries.append(line)
    return entries


def write_lock(path: Path, entries: str) -> None:
    """Write a lock under the line that tells which dependencies it answers."""
    path.write_text(f"# Made by `python3 dev.py lock`. Dependencies: {wanted()}\n{entries}")


def is_fresh(path: Path) -> bool:
    """Whether a lock was made from the dependencies that pyproject.toml names today."""
    return read(path).partition("\n")[0].endswith(wanted())


def wanted() -> str:
    """A fingerprint of the dependencies in pyproject.toml; its other settings do not count."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = {key: project[key] for key in ("requires-python", "dependencies", "optional-dependencies")}
    return digest(json.dumps(named, sort_keys=True).encode())


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read(path: Path) -> str:
    """A file's text; nothing when it is not there."""
    return path.read_text() if path.exists() else ""


def main(name: str = "", *arguments: str) -> int:
    """Run the task, or list them all."""
    if name in TASKS:
        return TASKS[name](*arguments)
    print("python3 dev.py TASK\n")
    for task in TASKS.values():
        print(f"  {task.__name__:<11} {(task.__doc__ or '').strip()}")
    return 2 if name else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
