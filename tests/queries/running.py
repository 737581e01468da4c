"""A real server in a process of its own, on a free port of this machine."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CODE = "import sys; from graphbuild.serve import serve; serve(sys.argv[1], port=int(sys.argv[2]), **eval(sys.argv[3]))"


def free_port() -> int:
    """A port that nothing listens on now."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def running_server(folder: Path, **options: object) -> Iterator[str]:
    """Its address, such as "http://127.0.0.1:40123", while the block runs."""
    port = free_port()
    command = [sys.executable, "-c", _CODE, str(folder), str(port), repr(options)]
    process = subprocess.Popen(command, cwd=Path(__file__).parents[2])
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(address + "/sparql", timeout=5).close()
                break
            except urllib.error.URLError:
                assert process.poll() is None, "the server did not start"
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
