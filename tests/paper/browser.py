"""A real browser for tests: Chromium without a window, spoken to over its DevTools pipe.

Nothing but the program is needed: commands go down one pipe as JSON, answers come up another, each ended by NUL.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

WAIT = 60.0  # s for any one answer
SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-pipe",
)  # fmt: skip


def _pipe() -> tuple[int, int]:
    """A pipe whose ends have high numbers: the low ones are given out anew by the shell."""
    low = os.pipe()
    high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 20) for end in low]
    for end in low:
        os.close(end)
    return high[0], high[1]


class Browser:
    """One page of one browser; `requests` are the addresses it asked for since it was opened."""

    def __init__(self, program: str, profile: Path) -> None:
        (down, self._write), (self._read, up) = _pipe(), _pipe()
        # The browser reads from descriptor 3 and writes to 4; the shell puts the pipes there.
        text = f'exec "$0" "$@" 3<&{down} 4>&{up}'
        command = [
            "bash",
            "-c",
            text,
            program,
            *SWITCHES,
            f"--user-data-dir={profile}",
            "about:blank",
        ]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(command, pass_fds=(down, up), stdout=quiet, stderr=quiet)
        os.close(down)
        os.close(up)
        self._left, self._last, self._session = b"", 0, ""
        self._events: list[dict[str, Any]] = []
        self.requests: list[str] = []
        target = self("Target.createTarget", url="about:blank")["targetId"]
        self._session = self("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime"):
            self(f"{domain}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._write)  # the browser ends with its pipe
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._read)

    def __call__(self, method: str, **params: Any) -> dict[str, Any]:
        """A command and its answer."""
        self._last += 1
        number = self._last
        message: dict[str, Any] = {"id": number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == number:
                assert "error" not in answer, answer
                return dict(answer["result"])

    def _next(self) -> dict[str, Any]:
        end = time.monotonic() + WAIT
        while b"\0" not in self._left:
            assert select.select([self._read], [], [], max(0.0, end - time.monotonic()))[0], (
                "no answer"
            )
            more = os.read(self._read, 1 << 16)
            assert more, "the browser ended"
            self._left += more
        raw, _, self._left = self._left.partition(b"\0")
        answer: dict[str, Any] = json.loads(raw)
        if answer.get("method") == "Network.requestWillBeSent":
            self.requests.append(answer["params"]["request"]["url"])
        elif "method" in answer:
            self._events.append(answer)
        return answer

    def _await(self, method: str) -> None:
        while not any(event["method"] == method for event in self._events):
            self._next()
        self._events.clear()

    def phone(self, width: int, height: int) -> None:
        """The screen of a phone, touched and not pointed at."""
        self(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=2, mobile=True
        )  # fmt: skip
        self("Emulation.setTouchEmulationEnabled", enabled=True)

    def open(self, address: str) -> None:
        """Go to an address and wait until all of it is there."""
        self._events.clear()
        self("Page.navigate", url=address)
        self._await("Page.loadEventFired")

    def reload(self) -> None:
        """Load the page anew."""
        self._events.clear()
        self("Page.reload", ignoreCache=True)
        self._await("Page.loadEventFired")

    def run(self, script: str) -> Any:
        """The value of a script in the page."""
        found = self("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def tap(self, selector: str) -> None:
        """A finger on the middle of an element, which is brought to sight first."""
        at = self.run(
            f"(()=>{{const e=document.querySelector({json.dumps(selector)});e.scrollIntoView({{block:'center'}});"
            "const r=e.getBoundingClientRect();return [r.x+r.width/2,r.y+r.height/2]})()"
        )
        spot = [{"x": at[0], "y": at[1]}]
        self("Input.dispatchTouchEvent", type="touchStart", touchPoints=spot)
        self("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def type(self, text: str) -> None:
        """Letters into what has the focus."""
        self("Input.insertText", text=text)

    def picture(self, path: Path, whole: bool = False) -> None:
        """What the screen shows, or the whole page, as PNG."""
        data = self("Page.captureScreenshot", captureBeyondViewport=whole)["data"]
        path.write_bytes(base64.b64decode(data))
