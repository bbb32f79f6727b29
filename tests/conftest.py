"""What every test shares: hypothesis profiles, offscreen drawing, system programs, skips that count."""

from __future__ import annotations

import fcntl
import functools
import gc
import os
import shutil
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
# Deepest room first, so that the first failure is the cause and not an echo of it.
ORDER = (
    "ground", "facts", "piece", "kinds", "design", "rules", "solid", "view", "cast", "bench", "paper", "formats",
    "checker", "pipeline", "batch", "shells", "promises", "golden", "docs", "house",
)  # fmt: skip
# System program: the Debian package that brings it.
PACKAGES = {
    "admesh": "admesh",
    "chromium": "chromium",
    "pdfinfo": "poppler-utils",
    "pdftocairo": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
    "prusa-slicer": "prusa-slicer",
    "qpdf": "qpdf",
}
CI = os.environ.get("CI") == "true"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")  # empty where one process runs all
# What others read is made first, so that no worker waits for what another is making.
FIRST = "pipeline/test_pipeline_shipped.py"
# Files of long tests that share nothing but `built`: workers take these test by test, all else file by file.
APART = (FIRST, "docs/test_how_to.py")
# The pieces whose written files are judged by other programs: few and by name, so that time stays bounded.
SAMPLE = (
    "01_court_band", "03_cathedral_six_prong", "07_pave_band",
    "09_bezel_cab_ring", "14_disc_tag", "15_bezel_pendant",
)  # fmt: skip

# Pictures are drawn without a screen, with the software driver that every machine has.
os.environ.pop("DISPLAY", None)
os.environ.setdefault("LIBGL_ALWAYS_SOFTWARE", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")  # the other cores have workers of their own

_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture)
settings.register_profile("dev", max_examples=25, deadline=None, suppress_health_check=_SLOW)
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True, database=None)
settings.register_profile("wide", settings.get_profile("ci"), max_examples=500)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--wide", action="store_true", help="go through every combination")


def pytest_configure(config: pytest.Config) -> None:
    usual = "ci" if CI else "dev"
    settings.load_profile("wide" if config.getoption("--wide") else usual)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sort by room, before them what workers share; leave the wide tests to `make check-all`."""
    items.sort(key=_room)
    if WORKER:
        items.sort(key=lambda item: not item.path.as_posix().endswith(FIRST))
    for item in items:
        if "built" in getattr(item, "fixturenames", ()):  # the first to ask waits for the build too
            item.add_marker(pytest.mark.timeout(900))
    if not config.getoption("--wide"):
        wide = [item for item in items if item.get_closest_marker("wide")]
        items[:] = [item for item in items if item not in wide]
        config.hook.pytest_deselected(items=wide)


def pytest_collection_finish() -> None:
    """What is loaded and collected by now lives to the end: nobody need look through it for what is no longer used."""
    gc.collect()
    gc.freeze()


def _room(item: pytest.Item) -> int:
    parts = item.path.parts
    names = parts[parts.index("tests") + 1 :] if "tests" in parts else parts
    return ORDER.index(names[0]) if names and names[0] in ORDER else len(ORDER)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """`--dist loadfile`, but for `APART`."""
    from xdist.scheduler import LoadFileScheduling

    class ByFile(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return nodeid if file.endswith(APART) else file

    return ByFile(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With CI=true a skip is a failure: what CI cannot run, CI has not shown."""
    report = yield
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and CI=true allows no skips: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """As for tests: a module that skips itself fails with CI=true."""
    report = yield
    if CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, and CI=true allows no skips: {report.longrepr}"
    return report


def _needed(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is missing: apt-get install {PACKAGES[program]}")
    return found


@pytest.fixture(scope="session")
def needs_program() -> Callable[[str], str]:
    """The path of a system program; skips with the line that installs it where there is none."""
    return _needed


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def designs() -> tuple[Path, ...]:
    """Every shipped design, in order."""
    return tuple(sorted((ROOT / "designs").glob("*.toml")))


@pytest.fixture(scope="session")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The result folder of a shipped design or example by its stem, built when first asked for, without pictures.

    One build whatever the number of workers and of runs: they share a folder, and a lock for each design; what stands
    already was moved in whole, of these very sources.
    """
    from kernel_cache import builds

    from jewelgen import Options, build

    base = tmp_path_factory.getbasetemp()
    locks, out = base.parent if WORKER else base, builds()

    @functools.cache
    def folder(name: str) -> Path:
        design = root / "designs" / f"{name}.toml"
        example = root / "docs" / "examples" / design.name
        options = Options(out, pictures=False, trust=example.exists())
        with (locks / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (out / name).is_dir():
                result = build(example if example.exists() else design, options)
                assert result.ok, "\n".join(map(str, result.findings))
        return out / name

    return folder


@pytest.fixture(scope="session", params=SAMPLE)
def piece_folder(request: pytest.FixtureRequest, built: Callable[[str], Path]) -> Path:
    """The result folder of each of the six sampled pieces in turn."""
    return built(request.param)
