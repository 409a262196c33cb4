"""One item as a file: for people who cite it, and for programs."""

import json
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from feeds.publish.export import EXPORTS
from feeds.publish.itemjson import item_json
from feeds.web.document import Content, DocumentResponse, Headers
from feeds.web.headers import OPEN_TO_ALL
from feeds.web.site import Site
from storage import changes
from storage.withdrawal import shown

CACHE = "public, max-age=900"
_FORMS = {form.extension: form for form in (EXPORTS["bibtex"], EXPORTS["ris"])}
_EXTENSIONS = (*_FORMS, "json")


class Records:
    """Answers requests for an item's records."""

    def __init__(self, site: Site):
        self._site = site

    def routes(self) -> list[Route]:
        """Return the route of these documents."""
        return [Route("/items/{slug}.{extension}", self.record)]

    async def record(self, request: Request) -> Response:
        """Answer with one item's record, or the same JSON as the API gives."""
        slug, extension = request.path_params["slug"], request.path_params["extension"]
        if extension not in _EXTENSIONS:
            known = ", ".join(f".{name}" for name in _EXTENSIONS)
            raise HTTPException(404, f"An item's records end in {known}.")
        documents = self._site.services.documents
        make = partial(self._make, slug, extension)
        return DocumentResponse(await documents.get(request.scope["path"], make))

    async def _make(self, slug: str, extension: str) -> Content:
        services = self._site.services
        async with services.db.read() as tx:
            version = await changes.version_of(tx)
            item = await shown(tx, slug)
        if extension == "json":
            text = json.dumps(item_json(item, services.links), ensure_ascii=False)
            media_type, file_name = "application/json", ""
        else:
            form = _FORMS[extension]
            text = form.head + form.record(item, services.links, self._site.names)
            media_type = form.media_type
            file_name = f"{slug}.{extension}"
        return Content(
            body=text.encode(),
            media_type=media_type,
            cache_control=CACHE,
            headers=(*OPEN_TO_ALL, *_saved_as(file_name)),
            version=version,
            is_touched_by=lambda _item, _terms: False,
        )


def _saved_as(file_name: str) -> Headers:
    if not file_name:
        return ()
    return ((b"content-disposition", f'attachment; filename="{file_name}"'.encode()),)
