"""The program as a child process."""

import json
import os
import pathlib
import re
import signal
import subprocess
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("STELE_BIN", ROOT / "target" / "release" / "stele")


def command(data, *words, said=""):
    """Runs a command on a database that no server has open; what it printed."""
    done = subprocess.run([BINARY, *words, "--data", data], input=said, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"stele {' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


class Server:
    """`stele serve`, behind proxies on this machine; its tokens outlive it."""

    def __init__(self, data, log):
        words = ["serve", "--listen", "127.0.0.1:0", "--public-url", "http://stele.example", "--trusted-proxies", "127.0.0.0/8"]
        words += ["--token-ttl", "60", "--log-format", "json", "--data", data]
        self.process = subprocess.Popen([BINARY, *words], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.log, self.address, self._known = log, None, threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()
        if not self._known.wait(30) or self.address is None:
            self.process.kill()
            raise SystemExit(f"the server did not start; its log is {log}")

    def _listen(self):
        with open(self.log, "a", encoding="utf-8") as log:
            for line in self.process.stderr:
                log.write(line)
                log.flush()
                try:
                    found = json.loads(line)["fields"].get("address")
                except (ValueError, KeyError):
                    continue
                if found and self.address is None:
                    host, port = found.rsplit(":", 1)
                    self.address = host, int(port)
                    self._known.set()
        self._known.set()

    def memory(self, field="VmRSS"):
        """Memory in megabytes: `VmRSS` now, `VmHWM` at the most."""
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(re.search(rf"{field}:\s+(\d+)", text)[1]) / 1024

    def terminate(self):
        """SIGTERM; the exit code and the seconds that the end took."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        return code, time.monotonic() - begun
