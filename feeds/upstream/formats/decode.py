"""Bytes of a document to text, without guessing where guessing would make nonsense.

Byte order marks are believed, then UTF-16 without a mark and UTF-8 are tried (and before them a
declared encoding that writes in ASCII's bytes, as ISO 2022's do), then the declared encoding, then
UTF-8 with a broken sign here and there, then the legacy encodings of the languages that we read.
Each legacy reading is weighed by what its letters look like, the declared one too if it is one of
them: servers call all that they have ISO 8859-1. If none looks like writing, the document is
refused rather than stored as rubbish.
"""

import codecs
import re
from typing import Final

from domain.errors import DocumentError

MAX_BYTES: Final = 5_000_000
"""Larger documents are refused."""

_MARKS: Final = (  # UTF-32's little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32", 4),
    (codecs.BOM_UTF32_BE, "utf-32", 4),
    (codecs.BOM_UTF8, "utf-8-sig", 1),
    (codecs.BOM_UTF16_LE, "utf-16", 2),
    (codecs.BOM_UTF16_BE, "utf-16", 2),
)
"""With the bytes of a unit: what is left over at the end of a document belongs to none."""
_LEGACY: Final = ("windows-1252", "windows-1251", "koi8-r", "windows-1256", "gb18030")
_SHIFTING: Final = ("iso2022", "hz")
"""Beginnings of Python's names of encodings that shift between alphabets within ASCII's bytes."""
_SURE = 0.9
_MEANT: Final = {
    "ascii": "windows-1252",
    "iso8859-1": "windows-1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "cp1251": "windows-1251",
    "cp1252": "windows-1252",
    "cp1256": "windows-1256",
}
"""Python's names, and what is meant by them (WHATWG, Encoding Standard, section 4.2)."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
_WESTERN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœŸ]+")
_WESTERN_SIGNS = frozenset(
    "‘’“”–—…•«»°º\u00a0€£©®™§·¿¡¼½¾ªÀÂÄÇÈÉÊËÎÏÔÙÛÜàâäçèéêëîïôùûüœŒÁÍÑÓÚáíñóúãõåøæßö"
)
_CYRILLIC_WORD = re.compile(r"[А-Яа-яЁё]{2,}")
_COMMON_CYRILLIC = "оеаинтсрвлк"
_ARABIC_WORD = re.compile(r"[ء-ي]{2,}")
_CHINESE_SIGNS = frozenset("，。、；：？！“”‘’（）《》—…·　")


def decode(data: bytes, *, declared: str | None = None, document: str | None = None) -> str:
    """Return the text of a document.

    `declared` is the encoding that its sender named, if any. Raises `DocumentError` for a document
    that is larger than `MAX_BYTES`, has nothing but blanks, is no text, or is in an encoding
    that cannot be told.
    """
    if len(data) > MAX_BYTES:
        raise DocumentError(
            f"too large: {len(data) / 1e6:.1f} MB, at most {MAX_BYTES / 1e6:.0f} MB are read",
            document=document,
        )
    text = _text(data, declared)
    if text is None:
        raise DocumentError("not a text in a known encoding", document=document)
    if not text.strip():
        raise DocumentError("empty: nothing but blanks", document=document)
    return text


def _text(data: bytes, declared: str | None) -> str | None:
    for mark, encoding, unit in _MARKS:
        if data.startswith(mark):
            whole = data[: len(data) // unit * unit]
            return _strict(whole, encoding) or _nearly(whole, encoding)
    meant = _meant(declared)
    shifting = meant if meant and meant.startswith(_SHIFTING) else None
    for encoding in filter(None, (shifting, _wide_encoding(data), "utf-8")):
        text = _strict(data, encoding)
        if text is not None:
            return text
    told = _strict(data, meant) if meant else None
    if told is not None and (meant not in _LEGACY or _likeness(told, meant) >= _SURE):
        return told
    nearly = _nearly(data, "utf-8")
    if nearly is not None:
        return nearly
    readings = ((_strict(data, encoding), encoding) for encoding in _LEGACY)
    weighed = [(_likeness(text, encoding), text) for text, encoding in readings if text is not None]
    best, text = max(weighed, key=lambda pair: pair[0], default=(0.0, None))
    if best >= _SURE:
        return text
    return told or (_nearly(data, meant) if meant else None) or _mostly(data)


def _meant(declared: str | None) -> str | None:
    """Return the encoding that a name stands for, None for none that is known."""
    try:
        name = codecs.lookup((declared or "").strip()).name
    except (LookupError, ValueError):
        return None
    return _MEANT.get(name, name)


def _strict(data: bytes, encoding: str) -> str | None:
    """Decode, or None where the bytes do not agree or the result holds what no text holds."""
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except (UnicodeError, LookupError):
        return None
    strange = sum(1 for _ in _CONTROL.finditer(text))
    return text if strange * 200 <= len(text) and "\x00" not in text else None


def _nearly(data: bytes, encoding: str) -> str | None:
    """Decode what agrees but for one broken sign in a hundred beyond ASCII, as when cut."""
    try:
        text = data.decode(encoding, "replace").removeprefix("\ufeff")
    except (UnicodeError, LookupError):  # it is no encoding of text
        return None
    beyond = sum(1 for sign in text if ord(sign) > 127)
    return text if beyond > text.count("\ufffd") * 100 and "\x00" not in text else None


def _mostly(data: bytes) -> str | None:
    """Decode a text of several encodings as UTF-8, if that breaks no more than a sign in 1,000."""
    text = data.decode("utf-8", "replace")
    broken = sum(1 for _ in _CONTROL.finditer(text)) + text.count("\ufffd")
    return text if broken * 1000 <= len(text) else None


def _wide_encoding(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by the zero bytes of its blanks, digits and Latin letters.

    UTF-32 is told where it begins as XML does (XML 1.0, appendix F).
    """
    for start, encoding in ((b"\0\0\0<", "utf-32-be"), (b"<\0\0\0", "utf-32-le")):
        if data.startswith(start):
            return encoding
    sample = data[:4000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or max(even, odd) * 40 < len(sample):
        return None
    return "utf-16-le" if odd > even * 20 else "utf-16-be" if even > odd * 20 else None


def _likeness(text: str, encoding: str) -> float:
    """Weigh from 0 to 1 how much the signs beyond ASCII look like writing in that encoding."""
    sample = text[:100_000]
    beyond = sum(1 for sign in sample if ord(sign) > 127)
    if encoding == "windows-1252":
        odd = sum(1 for sign in sample if ord(sign) > 127 and sign not in _WESTERN_SIGNS)
        shouted = sum(_mixed_case(word) for word in _WESTERN_WORD.findall(sample))
        return 1 - (odd + shouted) / beyond
    if encoding == "gb18030":
        return sum(1 for sign in sample if _is_common_chinese(sign)) / beyond
    if encoding == "windows-1256":
        return sum(map(len, _ARABIC_WORD.findall(sample))) / beyond
    words = _CYRILLIC_WORD.findall(sample)
    letters = "".join(words).casefold()
    if sum(map(letters.count, _COMMON_CYRILLIC)) * 2 < len(letters):
        return 0.0
    usual = sum(len(word) for word in words if word[1:].islower() or word.isupper())
    shouted = sum(len(word) for word in words if word.isupper())
    signs = sum(1 for sign in sample if sign in "«»–—…“”„’№\u00a0•")
    single = sum(1 for sign in re.findall(r"(?<!\w)[А-Яа-я](?!\w)", sample))
    return (usual - shouted / 8 + single + signs) / beyond


def _is_common_chinese(sign: str) -> bool:
    """Say whether a sign is punctuation or of the first level of GB 2312, its 3755 usual signs."""
    code = sign.encode("gb2312", "ignore")
    return sign in _CHINESE_SIGNS or (len(code) == 2 and 0xB0 <= code[0] <= 0xD7)


def _mixed_case(word: str) -> int:
    """Count what Latin writing does not do: capitals inside of small letters, long accent runs."""
    beyond = [sign for sign in word if ord(sign) > 127]
    inner = sum(1 for sign in word[1:] if ord(sign) > 127 and sign.isupper())
    return 0 if word.isupper() else inner + max(0, len(beyond) - 1 - len(word) // 3)
