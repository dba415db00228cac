"""The datasheet: what a dataset is, for people who decide whether to use it (after Gebru et al., 2021)."""

from functools import cache

from jinja2 import Environment, StrictUndefined, Template

from hardseek.documents import packaged
from hardseek.training.dataset import About


def datasheet(about: About) -> str:
    """Word what a dataset is, in Markdown."""
    return _template().render(about=about)


@cache
def _template() -> Template:
    text = packaged("hardseek.training.data", "datasheet.md.j2")
    made = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
                       autoescape=False)  # noqa: S701 (Markdown, not a page)  # fmt: skip
    made.filters["count"] = lambda number: f"{number:,}"
    made.filters["percent"] = lambda share: f"{100 * share:.4g} %"
    made.filters["cell"] = lambda text: str(text).replace("|", "\\|").replace("\n", " ")
    return made.from_string(text)
