"""Where a chat model is and how it is asked, as an experiment file says it."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from hardseek.documents import Document

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SECRET_HEADER = re.compile(r"authorization|cookie|key|token|secret", re.IGNORECASE)


def _keys_come_from_the_environment(headers: dict[str, str]) -> dict[str, str]:
    for name, value in headers.items():
        if _SECRET_HEADER.search(name) and "${" not in value:
            raise ValueError(
                f"{name} holds a key in the file itself; put it into an environment variable and write ${{NAME}} here"
            )
        if not (name + value).isprintable():
            raise ValueError(f"{name} holds a line break or a control character")
    return headers


def _is_a_name(name: str) -> str:
    if not _VARIABLE.fullmatch(name):  # what was found is not shown: it may be the key
        raise ValueError("not a name of an environment variable; write the name here, and the key into the variable")
    return name


Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Headers = Annotated[dict[str, str], AfterValidator(_keys_come_from_the_environment)]


class Sampling(Document):
    """How the model draws its words; what is null is left to the server."""

    temperature: float | None = Field(default=None, ge=0, le=2)
    top_p: float | None = Field(default=None, gt=0, le=1)
    max_tokens: int | None = Field(default=None, ge=1)
    stop: tuple[str, ...] | None = None
    presence_penalty: float | None = Field(default=None, ge=-2, le=2)
    frequency_penalty: float | None = Field(default=None, ge=-2, le=2)
    seeded: bool = True
    """Send a `seed`, the same for every system at the same turn; switch off where a server does not know the field."""


class Price(Document):
    """What a million tokens cost, in any one currency."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)


class Calling(Document):
    """How a server is called, and what is done while it cannot answer."""

    timeout: Positive = 120.0
    """Seconds until an answer must be complete."""
    retries: int = Field(default=5, ge=0, le=20)
    """How often a call that failed for a passing reason is made again."""
    backoff: Positive = 0.5
    """Seconds that the first retry waits at most; doubled for each further one, up to 30. What the server asks for
    (`Retry-After`) is waited besides, up to 120."""
    concurrency: int = Field(default=64, ge=1)
    """Calls in flight at most; lowered by itself while the server limits the rate."""


class Endpoint(Calling):
    """An OpenAI-compatible chat endpoint."""

    base_url: str = Field(pattern=r"^https?://")
    """Up to and without `/chat/completions`, such as `http://localhost:8000/v1`."""
    model: str = Field(min_length=1)
    api_key_env: Annotated[str, AfterValidator(_is_a_name)] | None = None
    """Name of the environment variable that holds the key; the key itself never stands in a file."""
    sampling: Sampling = Sampling()
    """How it draws its words; what is left out is left to the server."""
    extra_body: dict[str, Any] = Field(default_factory=dict)
    """Further fields of the request, such as `chat_template_kwargs`."""
    headers: Headers = Field(default_factory=dict)
    """Further headers; `${NAME}` is replaced by the environment variable NAME."""
    price: Price | None = None
    """For the estimate and the report of costs."""
