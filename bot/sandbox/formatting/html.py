"""Telegram's HTML: tags to entities, with the server's own rules and error texts.

Source: https://core.telegram.org/bots/api#html-style and the behaviour of the Bot API server.
"""

import re
from dataclasses import dataclass
from typing import NoReturn

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.formatting.entities import Entity, utf16_length
from bot.sandbox.formatting.links import LinkError, check_link

_TAGS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPECIAL = re.compile("[<&]")
_REFERENCE = re.compile("&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([A-Za-z]+));?")
_BLANKS = re.compile(r"[ \t\r\n\v\0]*")
_TAG_NAME = re.compile(r"[^ \t\r\n\v\0>]*")
_ATTRIBUTE_NAME = re.compile(r"""[^ \t\r\n\v\0=>/"']*""")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_TOKEN_END = frozenset(" \t\r\n\v\0>")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_NUMBER = 9


def parse_html(source: str, *, local_links: bool) -> tuple[str, list[Entity]]:
    """Return the text without tags and its entities, innermost first.

    Raises ApiError `can't parse entities: …` with the offset in UTF-8 bytes. A text link whose
    address Telegram would refuse loses its entity and keeps its text.
    """
    return _Parser(source, local_links=local_links).run()


def _decode(found: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return _NAMED.get(name)
    if len(found[0].rstrip(";")) > _MAX_NUMBER:
        return None
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF else None


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    piece: int


class _Parser:
    def __init__(self, source: str, *, local_links: bool):
        self.source = source
        self.local_links = local_links
        self.at = 0
        self.pieces: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def run(self) -> tuple[str, list[Entity]]:
        source = self.source
        while found := _SPECIAL.search(source, self.at):
            self._write(source[self.at : found.start()])
            self.at = found.start()
            if found[0] == "&":
                self._reference()
            elif source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        self._write(source[self.at :])
        if self.open:
            raise _error(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        text = "".join(self.pieces)
        if _SURROGATE.search(text):
            raise _error(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return text, self.entities

    def _write(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self.offset += utf16_length(text)

    def _reference(self) -> None:
        found = _REFERENCE.match(self.source, self.at)
        character = _decode(found) if found else None
        if found is None or character is None:
            self._write("&")
            self.at += 1
        else:
            self._write(character)
            self.at = found.end()

    def _fail(self, what: str, at: int) -> NoReturn:
        raise _error(f"{what} at byte offset {len(self.source[:at].encode())}")

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.source, self.at)
        text = found[0] if found else ""
        self.at += len(text)
        return text

    @property
    def _next(self) -> str:
        return self.source[self.at : self.at + 1]

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._skip(_TAG_NAME).lower()
        if not self._next:
            self._fail("Unclosed start tag", begin)
        if tag not in _TAGS:
            self._fail(f'Unsupported start tag "{tag}"', begin)
        argument = ""
        while True:
            self._skip(_BLANKS)
            if self._next == ">":
                break
            name, value = self._attribute(tag, begin)
            argument = _argument(tag, name, value) or argument
        self.at += 1
        if tag == "span" and argument != "spoiler":
            self._fail('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, argument, self.offset, len(self.pieces)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self._skip(_ATTRIBUTE_NAME)
        if not name:
            self._fail(f'Empty attribute name in the tag "{tag}"', begin)
        self._skip(_BLANKS)
        if self._next == "=":
            self.at += 1
            self._skip(_BLANKS)
            if self._next:
                return name, self._value(begin)
        if not self._next:
            self._fail(f'Unclosed start tag "{tag}"', begin)
        return name, ""

    def _value(self, begin: int) -> str:
        quote = self._next
        if quote not in {'"', "'"}:
            start = self.at
            token = self._skip(_TOKEN).lower()
            if self._next and self._next not in _TOKEN_END:
                self._fail("Unexpected end of name token", start)
            value = token
        else:
            end = self.source.find(quote, self.at + 1)
            if end < 0:
                self._fail("Unclosed start tag", begin)
            raw = self.source[self.at + 1 : end]
            value = _REFERENCE.sub(lambda found: _decode(found) or found[0], raw)
            self.at = end + 1
        if not self._next:
            self._fail("Unclosed start tag", begin)
        return value

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            self._fail("Unexpected end tag", begin)
        self.at += 2
        name = self._skip(_TAG_NAME).lower()
        self._skip(_BLANKS)
        if self._next != ">":
            self._fail("Unclosed end tag", begin)
        self.at += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            raise _error(
                f"Unmatched end tag at byte offset {len(self.source[:begin].encode())}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Entity = {
            "type": _TAGS[opened.tag],
            "offset": opened.offset,
            "length": self.offset - opened.offset,
        }
        if opened.tag == "a":
            address = opened.argument or "".join(self.pieces[opened.piece :])
            try:
                entity["url"] = check_link(address, local=self.local_links)
            except LinkError:
                return
        elif opened.tag == "tg-emoji":
            if not (opened.argument.isdecimal() and int(opened.argument)):
                raise _error("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag in {"pre", "code"} and self._joined(opened, entity):
            return
        if opened.tag == "code" and opened.argument:
            entity["language"] = opened.argument
        self.entities.append(entity)

    def _joined(self, opened: _Open, entity: Entity) -> bool:
        """Make `<pre><code class="language-…">` one entity, in either order of the tags."""
        last = self.entities[-1] if self.entities else None
        other = "code" if opened.tag == "pre" else "pre"
        if last is None or last["type"] != other:
            return False
        if (last["offset"], last["length"]) != (entity["offset"], entity["length"]):
            return False
        language = last.get("language") or opened.argument
        if not language:
            return False
        last.update(type="pre", language=language)
        return True


def _argument(tag: str, name: str, value: str) -> str:
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case "code", "class" if value.startswith("language-"):
            return value.removeprefix("language-")
        case "span", "class" if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case "blockquote", "expandable":
            return "1"
    return ""


def _error(text: str) -> ApiError:
    return bad_request(f"can't parse entities: {text}")
