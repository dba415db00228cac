"""A study's pages in a real browser: coming in, and what is looked for on every page."""

from browsers import Browser
from hardseek.study.access import Role, make_link
from study.browsing import Served

WIDE = "document.documentElement.scrollWidth > window.innerWidth"
"""Whether a page has to be scrolled sideways."""
UNNAMED = (
    "[...document.querySelectorAll('input:not([type=hidden]), textarea, button')].filter(one => one.checkVisibility()"
    " && !(one.labels?.length || one.textContent.trim() || one.getAttribute('aria-labelledby'))).length"
)
"""How many fields and buttons have no name."""


def come_in(window: Browser, served: Served, role: Role = "participant", who: str = "P01") -> None:
    """Open a new personal link and sign in."""
    window.open(f"{served.address}/in/{make_link(served.database, role, who)}")
    window.click("main button")
    window.until("!location.pathname.startsWith('/in/')")


def complaints(window: Browser) -> list[str]:
    """Return what the browser complains of."""
    return [line for line in window.console() if "Content Security Policy" in line or "Uncaught" in line]
