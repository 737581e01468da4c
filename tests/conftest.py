"""What several test modules share: builds of the bundled sample and of the five real articles, made once a run."""

from pathlib import Path

import pytest
from places import SAMPLE, SHARED

from graphbuild.pipeline import build


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
