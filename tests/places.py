"""Where tests find the bundled sample and the data that may stand beside the project."""

from pathlib import Path

import graphbuild

SAMPLE = Path(graphbuild.__file__).with_name("sample")
SHARED = Path(__file__).parents[1].parent / "shared"
