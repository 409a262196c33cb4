"""The web application: feeds, pages, API, and the answers for machines."""

from fastapi import FastAPI
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from feeds.web.api import api_routes
from feeds.web.documents import Documents, address_of
from feeds.web.downloads import Downloads
from feeds.web.feeds import Feeds
from feeds.web.headers import AsGet
from feeds.web.limits import Buckets, Limited
from feeds.web.lists import ListPages
from feeds.web.machines import Machines
from feeds.web.pages import Pages
from feeds.web.problems import handle_problems
from feeds.web.records import Records
from feeds.web.services import WebServices
from feeds.web.site import Site
from feeds.web.templates import make_renderer
from feeds.web.timeline import TimelinePage
from feeds.web.told import Told


class WebApplication(FastAPI):
    """FastAPI, but a document in memory is sent before any middleware or routing.

    That is several times cheaper than the shortest way through FastAPI.
    """

    def __init__(self, documents: Documents, title: str, root: str):
        super().__init__(
            title=title,
            version="1",
            docs_url=None,
            redoc_url=None,
            openapi_url="/api/openapi.json",
            servers=[{"url": root}] if root else None,
        )
        self._documents = documents
        self.answered = {"memory": 0, "made": 0}
        """Requests, by where their answers came from."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a fresh document, or let FastAPI find the answer."""
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            document = self._documents.fresh(address_of(scope))
            if document is not None:
                self.answered["memory"] += 1
                for message in document.answer(scope):
                    await send(message)
                return
        self.answered["made"] += 1
        await super().__call__(scope, receive, send)


def create_app(services: WebServices) -> FastAPI:
    """Return the web application. More can be mounted on it; its own routes come first."""
    site = Site(services)
    render = make_renderer(site)
    app = WebApplication(services.documents, services.title, site.root)
    app.add_middleware(AsGet, root=site.root)
    handle_problems(app, site, render)
    for part in (
        Feeds(site),
        Downloads(site),
        Records(site),
        ListPages(site, render),
        Pages(site, render),
        TimelinePage(site, render),
    ):
        app.router.routes.extend(part.routes())
    app.router.routes.extend(api_routes(site).routes)
    buckets = Buckets(services.clock)
    for route in app.router.routes:
        if isinstance(route, Route) and route.path != app.openapi_url:
            route.app = Limited(route.app, buckets, services.trusted_proxies)
    app.router.routes.extend(Machines(services, render, app.answered).routes())
    app.router.routes.extend(Told(services).routes())
    return app
