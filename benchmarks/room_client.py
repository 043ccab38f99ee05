"""A browser's connection to a server in a process of its own, on the loopback address."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit


class Client:
    """One connection that is kept open, as browsers do."""

    def __init__(self, process: subprocess.Popen[str], port: int, cookie: str = "") -> None:
        self._process = process
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        self._headers = {"Cookie": cookie} if cookie else {}

    def get(self, address: str) -> str:
        """Fetch a page whole."""
        self._connection.request("GET", address, headers=self._headers)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} for {address}")
        return content.decode()

    def timed(self, addresses: Iterable[str], sizes: list[int]) -> list[float]:
        """Milliseconds to fetch each; their bytes are added to ``sizes``."""
        times = []
        for address in addresses:
            begun = time.perf_counter()
            content = self.get(address)
            times.append((time.perf_counter() - begun) * 1e3)
            sizes.append(len(content.encode()))
        return times

    def processor_ms(self) -> float:
        """What the server has computed so far, in milliseconds of one processor: other than the
        time that passes, it does not depend on who else is at work."""
        stat = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) * 1e3 / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> int:
        """What the server holds in memory."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) // 1024

    def close(self) -> None:
        self._connection.close()


@contextmanager
def room(case: Path) -> Iterator[Client]:
    """The reading room of a case, entered."""
    line = [sys.executable, "-m", "sousveil", "serve", str(case), "--no-open"]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        told = urlsplit(process.stdout.readline().split()[-1])
        assert told.port
        connection = http.client.HTTPConnection("127.0.0.1", told.port)
        connection.request("GET", f"{told.path}?{told.query}")
        cookie = str(connection.getresponse().headers["set-cookie"]).split(";")[0]
        connection.close()
        client = Client(process, told.port, cookie)
        yield client
        client.close()
    finally:
        process.terminate()
        process.wait()


@contextmanager
def started(line: list[str], address: str, port: int) -> Iterator[Client]:
    """Another server, once it answers."""
    process = subprocess.Popen(
        line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True
    )
    try:
        client = Client(process, port)
        for _ in range(600):
            try:
                client.get(address)
                break
            except OSError:
                client.close()
                time.sleep(0.1)
        yield client
        client.close()
    finally:
        process.terminate()
        process.wait()
