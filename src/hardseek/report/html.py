"""What every page is made with: templates that escape, a policy that lets no request out, and a file that is whole."""

from base64 import b64encode
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from hardseek.documents import packaged
from hardseek.errors import HardseekError
from hardseek.report.words import Words, both

_PACKAGE: Final = "hardseek.report"
BESIDE: Final = "'self' file:"
"""Scripts from where the page itself is, on a disk or on a server, and from nowhere else."""


def render_page(
    template: str,
    content: dict[str, Any],
    *,
    told: Words,
    styles: tuple[str, ...],
    scripts: tuple[str, ...],
    sources: str = "",
    live: bool = False,
) -> str:
    """Return a page as HTML that asks nothing of any network.

    Args:
        template: its name among the templates.
        content: what the template shows; all of it is escaped.
        told: the words of the page; `t` in the templates.
        styles: names of the style sheets, put in one after the other.
        scripts: names of the scripts, put in one after the other, as one.
        sources: where the page may load further scripts from; nowhere if empty.
        live: whether the page may ask the server that it came from for what is new.
    """
    environment = _environment(told)
    style = "".join(packaged(_PACKAGE, "templates", name) for name in styles)
    code = "".join(packaged(_PACKAGE, "templates", name) for name in scripts)
    policy = _policy(style, code, sources) + ("; connect-src 'self'" if live else "")
    return environment.get_template(template).render(**content, style=style, script=code, policy=policy)


def render_part(template: str, content: dict[str, Any], *, told: Words) -> str:
    """Return a part of a page as HTML, for a page that puts it in."""
    return _environment(told).get_template(template).render(**content)


@cache
def _environment(told: Words) -> Environment:
    """Return where templates are compiled: once for each page's words, as a server renders its pages often."""
    environment = Environment(
        loader=PackageLoader(_PACKAGE, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["both"] = both
    environment.globals["say"] = told
    environment.globals["t"] = lambda key, **values: both(told(key, **values))
    return environment


def write_page(path: Path, html: str) -> None:
    """Write a page; a file that is there is replaced once the new one is complete.

    Raises:
        HardseekError: it cannot be written, as when the disk is full; what is there stays.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_text(html, encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise HardseekError(f"{path}: cannot be written: {error.strerror or error}") from None


def _policy(style: str, script: str, sources: str) -> str:
    """Allow the page's own style and script, known by their hashes, and nothing else: no request can leave it."""
    scripts = f"{_hash(script)} {sources}".rstrip()
    return f"default-src 'none'; style-src {_hash(style)}; script-src {scripts}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
