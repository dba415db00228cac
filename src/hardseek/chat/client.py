"""A chat model behind an OpenAI-compatible endpoint."""

from collections.abc import Mapping, Sequence

from hardseek.chat.call import Caller, address
from hardseek.chat.credentials import Credentials
from hardseek.chat.endpoint import Endpoint
from hardseek.chat.fault import FaultKind
from hardseek.chat.message import Completion, Message, Usage
from hardseek.chat.wire import Request, read_completion

_PATH = "/chat/completions"


class ChatModel:
    """Asks one model. Models on the same server share its connections and its limit.

    A key that is refused and a model that is not there are remembered: later calls fail at once.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        """Prepare calls; connections are opened by the first one.

        Raises:
            Refused: an environment variable that the endpoint names is not set, or the endpoint cannot be called as
                it is written.
        """
        self.endpoint = endpoint
        self.takes_schemas = "response_format" not in endpoint.extra_body
        """Whether the server may be sent a JSON Schema; no longer, once `hardseek.chat.structured` was refused one."""
        base = address(endpoint.base_url)
        base = base.with_path(base.raw_path.rstrip("/").removesuffix(_PATH), encoded=True, keep_query=True)
        self._url = base.with_path(base.raw_path.rstrip("/") + _PATH, encoded=True, keep_query=True)
        self._request = Request(endpoint)
        shown = self._url.with_query(None)
        self._caller = Caller(
            base,
            Credentials(endpoint.headers, endpoint.api_key_env),
            endpoint,
            who=f"POST {shown} (model {endpoint.model})",
            advice=_advice(endpoint, str(base.with_query(None))),
        )

    async def complete(
        self, messages: Sequence[Message], *, seed: int | None = None, response_format: object = None
    ) -> Completion:
        """Ask for the next message.

        Args:
            messages: the talk so far.
            seed: a sampling seed, 0 to 2**31 - 1; not sent where the endpoint says so.
            response_format: the field of that name, as JSON; not sent where the endpoint's `extra_body` has its own.

        Raises:
            FaultError: no answer could be had.
        """
        body = self._request.body(messages, seed, response_format)
        read, latency, attempts = await self._caller.call(self._url, body, read_completion)
        text, model, finish_reason, tokens_in, tokens_out, tokens = read
        return Completion(text, Usage(model, finish_reason, tokens_in, tokens_out, latency, attempts), tokens)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._caller.close()

    def __repr__(self) -> str:
        return f"ChatModel({self.endpoint.model!r} at {self._url.with_query(None)})"


def _advice(endpoint: Endpoint, base: str) -> Mapping[FaultKind, str]:
    key = (
        f"check the key in ${endpoint.api_key_env}" if endpoint.api_key_env else "name the key's variable: api_key_env"
    )
    return {
        "refused-key": key,
        "unknown-model": f"the server knows no model {endpoint.model}, or not this path; ask GET {base}/models",
        "bad-request": "check model, sampling and extra_body against what the server takes",
        "rate-limited": "lower concurrency, or check the account's quota, and run again",
        "server-error": "look into the server's log and run again",
        "unreachable": f"see that the server runs and that {base} is right, and run again",
        "timeout": f"raise timeout (now {endpoint.timeout:g} s) or lower concurrency (now {endpoint.concurrency})",
        "unreadable": f"see that {base} is an OpenAI-compatible endpoint",
        "empty": "if the model thinks at length, raise sampling.max_tokens",
    }
