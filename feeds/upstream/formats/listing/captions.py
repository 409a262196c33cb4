"""Captions and credits of pictures: cut off the text that they are stuck to, and told apart."""

import re
from dataclasses import dataclass

from domain.text import sentence_parts
from feeds.upstream.formats.listing.prose import ends_sentence, word_count
from feeds.upstream.formats.listing.seams import find_seam
from feeds.upstream.formats.listing.words import Words

_PICTURE = (
    r"(?:(?:File|Archive|Stock|Cover|(?:Text|Words|Story) and) )?(?:[Pp]hotos?|PHOTO)"
    r"|[Ii]nfographi(?:cs?|es?)|[Gg]raphics?"
    r"|[Mm]aps?|[Ii]nfograf[íi]as?|[Ии]нфографика|[Кк]арта|[Pp]hotographs?|[Pp]hotographies?"
    r"|[Pp]ictures?|[Ii]mages?|[Ii]llustrations?"
    r"|[Ff]otos?|[Ff]otograf[íi]as?|[Ii]m[áa]gen(?:es)?|[Ii]lustraci[óo]n"
    r"|[Фф]ото(?:графи[яи])?|ФОТО|[Ии]ллюстрация|الصورة|صورة|الصور|图片|照片|图"
)
_CREDITED = (
    rf"(?:{_PICTURE}) (?:[Cc]redits?|[Bb]y|[Cc]ourtesy(?: of)?|[Pp]ar|[Pp]or|[Dd]e|©)"
    rf"|[Cc]r[ée]dits? (?:[Pp]hotos?|[Ii]mages?)|[Cc]r[ée]ditos? de (?:la )?(?:foto|imagen"
    rf"|fotograf[íi]a)"
    rf"|(?:{_PICTURE})[ ]?[/|][ ]?[Cc]redits?|Credits?|Crédits?|Créditos?|Автор фото|تصوير"
    rf"|摄影|图源|图片来源"
)
_BY = rf"(?:{_PICTURE}) (?:[Bb]y|[Cc]ourtesy of|[Pp]ar)(?= [^\W\d_a-z])"
_LABEL = re.compile(
    rf"(?:(?P<credited>(?:{_CREDITED})\s?[:：]\s?©?|{_BY})|(?:{_PICTURE})\s?[:：]\s?(?P<owned>©)?"
    rf"|(?:{_PICTURE})?\s?(?P<sign>©|\([cC]\)))\s*"
)
_INNER = re.compile(
    rf"(?:(?<=[.!?…)\]»”\"])|(?<=[^\W\d_A-Z])|(?<=\s[–—|-]))\s*[(\[]?"
    rf"(?=(?:{_CREDITED}|{_PICTURE})\s?[:：]|{_BY}|(?:{_PICTURE})?\s?(?:©|\([cC]\)))"
)
_SMALL_WORDS_TEXT = (
    "and et y e i и of for de du des la le les del das dos the und von van / & - for pour "
    "para por by with the courtesy в во по о а ل و"
)
_SMALL_WORDS = frozenset(_SMALL_WORDS_TEXT.split())
_OFFICES_WORDS = (
    "director minister ambassador secretary-general president executive representative "
    "officials participants delegates chief prime deputy directeur directrice ministre "
    "ambassadeur président director embajador ministro presidente директор министр посол "
    "президент"
)
_OFFICES = frozenset(_OFFICES_WORDS.split())
_QUOTED = re.compile(r"[«“„\"][^«»“”„\".!?]+[»”“\"]")
_REACH = 600
_CREDIT_WORDS = 8


@dataclass(frozen=True, slots=True)
class Cut:
    """A paragraph without its caption and credit."""

    rest: str
    caption: str | None
    credit: str | None


def opens_caption(text: str) -> bool:
    """Say whether a line begins with a picture's label: `Photo: …`, `© …`."""
    return _LABEL.match(text) is not None


def ends_in_credit(text: str) -> bool:
    """Say whether a line closes with the label and name of a picture's owner."""
    inner = _inner_label(text)
    return inner is not None and _is_credit(_credit(text[inner[1].end() :]))


def cut_caption(text: str, words: Words, *, alone: bool) -> Cut | None:
    """Cut a caption or credit off a paragraph; None where there is none.

    `alone` tells that the entry has other paragraphs, so that this one may be all caption.
    """
    label = _LABEL.match(text)
    if label is not None:
        return _after_label(text, "", label, words, alone=alone)
    inner = _inner_label(text)
    if inner is None:
        return None
    before, label = inner
    return _after_label(text, before, label, words, alone=alone)


def _inner_label(text: str) -> tuple[str, re.Match[str]] | None:
    """Find a label behind the caption that it closes: `A caption. Photo: UNODC`."""
    for found in _INNER.finditer(text[:_REACH]):
        label = _LABEL.match(text, found.end())
        before = text[: found.end()].rstrip(" ([|–—-")
        begins = not text[found.end()].islower() or before != text[: found.end()].rstrip()
        if label is not None and begins:
            return before, label
    return None


def _after_label(
    text: str, before: str, label: re.Match[str], words: Words, *, alone: bool
) -> Cut | None:
    rest = text[label.end() :]
    certain = any(label.group(name) for name in ("credited", "owned", "sign"))
    seam = find_seam(rest, words)
    if seam is None:
        if before and not (alone and len(sentence_parts(before)) <= 2):
            credit = _credit(rest)
            return Cut(before, None, credit) if _is_credit(credit) or certain else None
        seam = len(rest) if alone or _is_short(rest) else _end_of_credit(rest)
    if seam is None:
        return None
    caption, owner = _told_apart(rest[:seam].strip(), certain=certain)
    if before:
        caption = f"{before} {caption}".strip() if caption else before
    return Cut(rest[seam:].strip(), caption or None, owner or None)


def _is_short(rest: str) -> bool:
    return word_count(rest) <= 25 and len(sentence_parts(rest)) == 1


def _end_of_credit(rest: str) -> int | None:
    """Return where a credit ends that is a sentence of its own: `Photo: UNODC. The office …`."""
    parts = sentence_parts(rest)
    if len(parts) > 1 and _is_credit(_credit(parts[0])):
        return len(parts[0])
    return None


def _told_apart(text: str, *, certain: bool) -> tuple[str | None, str | None]:
    """Tell caption and credit apart in what follows a label."""
    for sign in (": ", ":", " - ", " – ", " — ", " | "):
        head, found, tail = text.partition(sign)
        if found and tail.strip() and _is_credit(head) and not _is_credit(tail.strip()):
            return tail.strip(), _credit(head)
    owner = re.search(
        r"\s*[(\[]?\s*(?:©|\([cC]\)\s|(?:Photo|Foto|Фото|Credit)s?:)\s*([^()\[\]]+)[)\]]?\.?$", text
    )
    if owner and owner.start() > 0:
        return text[: owner.start()].strip(), _credit(owner.group(1))
    bare = _credit(text)
    if certain and word_count(bare) <= _CREDIT_WORDS:
        return None, bare
    return (None, bare) if _is_credit(bare) else (text, None)


def _credit(text: str) -> str:
    bare = text.strip(" ©:;,|")
    if bare.endswith((")", "]")) and bare.count("(") + bare.count("[") < bare.count(
        ")"
    ) + bare.count("]"):
        bare = bare[:-1].rstrip()
    return bare[:-1] if bare.endswith(".") and not re.search(r"\b[^\W\d_]\.$", bare) else bare


def _is_credit(text: str) -> bool:
    """Say whether the text is nothing but names: `SID and CeSPI`, `UN Photo/Mark Garten`."""
    parts = [part for part in re.split(r"[\s/]+", text.strip(" .,:©")) if part]
    if not parts or len(parts) > _CREDIT_WORDS:
        return False
    if any(part.strip("(),.").casefold() in _OFFICES for part in parts):
        return False
    if ends_sentence(text.strip(" .")):
        return False
    return _QUOTED.fullmatch(text.strip(" .,")) is not None or all(map(_is_name, parts))


def _is_name(part: str) -> bool:
    bare = part.strip("(),.;:&-–\"'©“”«»")
    if not bare or bare.casefold() in _SMALL_WORDS or bare.isdigit():
        return True
    return not bare[0].islower() or bare.startswith(("@", "www.", "http"))
