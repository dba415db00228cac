"""A browser that is driven by its own protocol (W3C WebDriver) over plain HTTP: no library between."""

import json
import shutil
import socket
import subprocess
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Unanswered(Exception):
    """The driver could not do it: nothing is there yet, or a page is just going."""


class Browser:
    """One window."""

    def __init__(self, driver: str, options: dict[str, Any]) -> None:
        made = _call("POST", f"{driver}/session", {"capabilities": {"alwaysMatch": options}})
        self._session = f"{driver}/session/{made['sessionId']}"

    def open(self, url: str) -> None:
        self._post("url", {"url": url})

    def phone(self, width: int, height: int) -> None:
        """Show pages as a phone of this size does."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": True}
        self._post("goog/cdp/execute", {"cmd": "Emulation.setDeviceMetricsOverride", "params": metrics})

    def run(self, script: str, *arguments: Any) -> Any:
        return self._post("execute/sync", {"script": script, "args": list(arguments)})

    def wait(self, script: str, *arguments: Any) -> Any:
        """Run a script that calls its last argument with what it found."""
        return self._post("execute/async", {"script": script, "args": list(arguments)})

    def picture(self, path: Path, *, whole: bool = True) -> None:
        """Write what is seen as PNG: the whole page, or the window."""
        answer = self._post(
            "goog/cdp/execute",
            {"cmd": "Page.captureScreenshot", "params": {"captureBeyondViewport": whole}},
        )
        path.write_bytes(b64decode(answer["data"]))

    def click(self, selector: str) -> None:
        self._post(f"element/{self._find(selector)}/click", {})

    def write(self, selector: str, text: str) -> None:
        self._post(f"element/{self._find(selector)}/value", {"text": text})

    def until(self, script: str, seconds: float = 15.0) -> Any:
        """Wait until an expression is true."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with suppress(Unanswered):
                found = self.run(f"return {script}")
                if found:
                    return found
            time.sleep(0.05)
        raise AssertionError(f"not in {seconds:g} s: {script}")

    def console(self) -> list[str]:
        """Return what the browser complained about since it was last asked."""
        return [entry["message"] for entry in self._post("se/log", {"type": "browser"})]

    def close(self) -> None:
        _call("DELETE", self._session)

    def _find(self, selector: str) -> str:
        self.until(f"document.readyState == 'complete' && document.querySelector({json.dumps(selector)}) != null")
        return str(self._post("element", {"using": "css selector", "value": selector})[_ELEMENT])

    def _post(self, what: str, body: dict[str, Any]) -> Any:
        return _call("POST", f"{self._session}/{what}", body)


@contextmanager
def browser(folder: Path, width: int = 1000, height: int = 900) -> Iterator[Browser]:
    """Open a window of this size."""
    assert DRIVER is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    driver = subprocess.Popen([DRIVER, f"--port={port}", "--silent"], stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _ready(address)
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}",
                     f"--window-size={width},{height}", "--lang=en"]  # fmt: skip
        window = Browser(
            address,
            {
                "goog:chromeOptions": {"args": arguments, "binary": CHROMIUM},
                "goog:loggingPrefs": {"browser": "ALL"},
            },
        )
        try:
            yield window
        finally:
            window.close()
    finally:
        driver.terminate()
        driver.wait(10)


def _ready(address: str) -> None:
    for _ in range(200):
        try:
            if _call("GET", f"{address}/status")["ready"]:
                return
        except URLError:
            time.sleep(0.05)
    raise AssertionError("chromedriver did not start")


def _call(method: str, url: str, body: dict[str, Any] | None = None) -> Any:
    data = json.dumps(body).encode() if body is not None else None
    request = Request(url, data, {"content-type": "application/json"}, method=method)
    try:
        with urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]
    except HTTPError as error:
        with error:
            raise Unanswered(json.load(error)["value"]["message"].partition("\n")[0]) from None
