"""Where the time of a build goes: seconds by stage, each moment counted for the innermost stage alone."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import TypeVar

Item = TypeVar("Item")


class Clock:
    """Counts ``seconds`` by stage; stages nest, also where one generator draws on another."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._running: list[str] = []
        self._since = 0.0

    def _turn(self) -> None:
        now = perf_counter()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since  # type: ignore[assignment]  # seconds are no whole numbers
        self._since = now

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens inside for the stage ``name``."""
        self._turn()
        self._running.append(name)
        try:
            yield
        finally:
            self._turn()
            self._running.pop()

    def over(self, name: str, items: Iterable[Item]) -> Iterator[Item]:
        """The same items; the time to make them counts for the stage ``name``, what is done with them does not."""
        found = iter(items)
        while True:
            with self.stage(name):
                try:
                    item = next(found)
                except StopIteration:
                    return
            yield item
