"""A headless browser for tests of pages, and axe-core to look at them with."""

from browsers.axe import serious
from browsers.driving import CHROMIUM, DRIVER, Browser, Unanswered, browser

__all__ = ["CHROMIUM", "DRIVER", "Browser", "Unanswered", "browser", "serious"]
