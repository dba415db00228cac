"""How the application is served."""

import uvicorn
from starlette.types import ASGIApp


def server_of(app: ASGIApp, *, host: str, port: int) -> uvicorn.Server:
    """Return a server that is ready to run; port 0 takes any that is free.

    There is no access log, as addresses of pages hold personal links, and the server does not say what it is.
    """
    return uvicorn.Server(
        uvicorn.Config(
            app, host=host, port=port, access_log=False, log_level="warning", server_header=False, ws="none",
            timeout_graceful_shutdown=5,
        )
    )  # fmt: skip
