"""What several test modules share: builds of the bundled sample and of the five real articles, made once a run."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from places import SAMPLE, SHARED

from graphbuild.pipeline import build


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright; one for the whole run."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def sample_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the bundled sample."""
    out = tmp_path_factory.mktemp("sample") / "output"
    build([SAMPLE], out)
    return out


@pytest.fixture(scope="session")
def seeds_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the five real articles."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the five real articles are not beside the project")
    out = tmp_path_factory.mktemp("seeds") / "output"
    build([SHARED / "seeds"], out)
    return out
