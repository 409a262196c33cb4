"""The static files: read once, served from memory at addresses that change with their content."""

from hashlib import blake2b
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from feeds.web.document import Content, Document, DocumentResponse

_FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_FOREVER = "public, max-age=31536000, immutable"
_SAFE = ((b"x-content-type-options", b"nosniff"),)


class Assets:
    """The static files by name."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}
        self.paths: dict[str, str] = {}
        """File name → path below the site's root."""
        for file in sorted(_FOLDER.iterdir()):
            body = file.read_bytes()
            digest = blake2b(body, digest_size=6).hexdigest()
            path = f"/static/{file.stem}.{digest}{file.suffix}"
            self.paths[file.name] = path
            self._documents[path] = Document(
                Content(
                    body=body,
                    media_type=_TYPES[file.suffix],
                    cache_control=_FOREVER,
                    headers=_SAFE,
                )
            )

    def routes(self) -> list[Route]:
        """Return the route of all static files."""
        return [Route("/static/{name}", self._serve)]

    async def _serve(self, request: Request) -> Response:
        document = self._documents.get(request.scope["path"])
        if document is None:
            raise HTTPException(404)
        return DocumentResponse(document)
