"""The web application of a study; needs the extra `study` (FastAPI, uvicorn)."""

from hardseek.study.web.app import create_app
from hardseek.study.web.serving import server_of

__all__ = ["create_app", "server_of"]
