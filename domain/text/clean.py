"""What a database or XML 1.0 refuses, removed once, at ingest."""

_LINE_BREAKS = {ord(character): "\n" for character in "\v\f\x85\u2028\u2029"}
_REFUSED: dict[int, None] = dict.fromkeys(
    (
        *(code for code in range(0xA0) if code >= 0x7F or code < 0x20),
        *range(0xD800, 0xE000),
        0xFEFF,
        *range(0xFDD0, 0xFDF0),
        *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
    )
)
_KEPT = (ord("\t"), ord("\n"))
_TABLE = {code: None for code in _REFUSED if code not in _KEPT} | _LINE_BREAKS


def clean(text: str) -> str:
    r"""Return `text` with `\n` line ends and without what cannot be stored or sent.

    Gone are NUL and the other controls (tab and line feed stay), lone surrogates, the byte order
    mark and the noncharacters. Other line and page breaks become `\n`. Idempotent.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_TABLE)
