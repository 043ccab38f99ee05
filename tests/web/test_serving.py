"""How serving ends."""

import signal
import subprocess
import sys

from sousveil.case.folder import Case


def test_sigterm_ends_it_as_ctrl_c_does(demo_case: Case) -> None:
    command = [sys.executable, "-m", "sousveil", "serve", str(demo_case.root), "--no-open"]
    ends = []
    for how in (signal.SIGINT, signal.SIGTERM):
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
            assert server.stdout is not None
            assert b"/enter?token=" in server.stdout.readline()
            server.send_signal(how)
            ends.append(server.wait(30))
    assert ends[0] == ends[1] > 0, "killed, it would leave the run that is going on"
