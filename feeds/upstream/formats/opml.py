"""OPML 2.0: lists of feeds, as feed readers give them."""

from dataclasses import dataclass

from lxml import etree

from domain.errors import DocumentError
from feeds.upstream.formats.decode import decode
from feeds.upstream.formats.limits import is_web_address

MAX_SOURCES = 10_000


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed that an OPML document lists."""

    title: str
    address: str


def read_opml(data: bytes, *, document: str | None = None) -> list[Listed]:
    """Return the feeds of an OPML document, each address once; folders are left out.

    Raises `DocumentError` for what is no OPML, or lists no feed or more than `MAX_SOURCES`.
    """
    text = decode(data, document=document)
    if "<!ENTITY" in text.upper():
        raise DocumentError("it declares entities, which is not allowed", document=document)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(_without_declaration(text).encode(), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise DocumentError("not an OPML document", document=document)
    found: dict[str, Listed] = {}
    for outline in root.iter("outline"):
        given = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
        address = given.get("xmlurl", "").strip()
        if is_web_address(address):
            title = " ".join((given.get("title") or given.get("text") or "").split())
            found.setdefault(address, Listed(title, address))
    if not found:
        raise DocumentError("it lists no feed", document=document)
    if len(found) > MAX_SOURCES:
        raise DocumentError(f"it lists more than {MAX_SOURCES} feeds", document=document)
    return list(found.values())


def _without_declaration(text: str) -> str:
    start = text.find("<")
    if text.startswith("<?xml", start):
        start = text.find("?>", start) + 2
    return text[start:]
