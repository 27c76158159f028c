"""One PostgreSQL for the whole run, started at most once: by the controller for its xdist workers, else when first asked for.

And each proof's figures on the screen as it ends, with the time it took, whichever worker ran it.
"""

import gc
import os

import pytest
from xdist.workermanage import WorkerController

from tests.postgres import Cluster, PostgresMissing, start_cluster

SAID = {"proof", "browser"}  # marks of tests whose figures are shown
_WORKER_INPUT = "postgres_url"


class OneCluster:
    """The run's cluster, or the reason why there is none."""

    def __init__(self, config: pytest.Config) -> None:
        handed = getattr(config, "workerinput", None)  # only in an xdist worker
        self._cluster: Cluster | None = None
        self._inherited_url = handed[_WORKER_INPUT] if handed else ""
        self.missing = "the controller has none" if handed and not self._inherited_url else ""

    def url(self) -> str:
        """The server's address; empty when PostgreSQL cannot be had."""
        if self._inherited_url:
            return self._inherited_url
        if not self._cluster and not self.missing:
            try:
                self._cluster = start_cluster()
            except PostgresMissing as missing:
                self.missing = str(missing)
        return self._cluster.url if self._cluster else ""

    def summary(self) -> str:
        """One line for the end of the run; empty when no test asked."""
        return f"PostgreSQL: {self._cluster.origin}" if self._cluster else ""

    def stop(self) -> None:
        """End what this process started."""
        if self._cluster:
            self._cluster.stop()


_CLUSTER = pytest.StashKey[OneCluster]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_CLUSTER] = OneCluster(config)


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if terminal and not hasattr(session.config, "workerinput"):
        session.config.pluginmanager.register(Figures(terminal), "figures")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: WorkerController) -> None:
    """Hand each worker the address; an empty one makes its tests skip (or, in CI, fail)."""
    node.workerinput[_WORKER_INPUT] = node.config.stash[_CLUSTER].url()


def pytest_collection_finish() -> None:
    """The application and its tests stay to the end: the garbage collector walked through them for a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    cluster = config.stash[_CLUSTER]
    if cluster.missing:
        terminalreporter.section("POSTGRESQL WAS NOT TESTED", red=True)
    if line := cluster.missing or cluster.summary():
        terminalreporter.line(line)


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[_CLUSTER].stop()


class Figures:
    """Says what each proof, and each look at pages, printed."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self.terminal = terminal

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and SAID & set(report.keywords):
            self.terminal.ensure_newline()
            self.terminal.line(f"{report.nodeid.partition('/')[2]}: {report.outcome} in {report.duration:.0f} s")
            self.terminal.line(report.capstdout.rstrip())


@pytest.fixture(scope="session")
def postgres_url(pytestconfig: pytest.Config) -> str:
    """The run's PostgreSQL server, database `postgres`, as a superuser. Skips without one; in CI that is a failure."""
    cluster = pytestconfig.stash[_CLUSTER]
    if url := cluster.url():
        return url
    if os.environ.get("CI"):
        pytest.fail(f"PostgreSQL is required in CI: {cluster.missing}")
    pytest.skip("PostgreSQL cannot be had here")
