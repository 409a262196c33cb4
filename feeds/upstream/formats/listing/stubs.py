"""Link stubs at the very end of an item: `Read more here.`, `... read more`, `Lire la suite`."""

import re

_PHRASE = (
    r"(?:click here (?:to|for) )?"
    r"(?:read|learn|see|find out|view|know|discover|continue|full|download|watch|get|for)"
    r"(?: (?:more|the|full|story|article|text|reading|here|report|pdf|press release|release"
    r"|publication"
    r"|details|further|now|information|it))+"
    r"|(?:read|download|watch|click|available|full text|more information|more info"
    r"|more details)(?: it)? here"
    r"|click here(?: (?:to|for) (?:more(?: information| details)?|download|read|details|view))?"
    r"|read on|more info(?:rmation)?|more details|full (?:story|text|article|report)"
    r"|continue reading"
    r"|lire (?:la suite|plus|l[’']article|davantage)(?: ici)?|en savoir (?:plus"
    r"|davantage)(?: ici)?|la suite"
    r"|plus d[’']infos?(?:rmations)?|voir plus|suite|(?:télécharger|cliquez) ici"
    r"|leer más(?: aquí)?|leer (?:el )?artículo|ver más|saber más|más información(?: aquí)?"
    r"|seguir leyendo|sigue leyendo"
    r"|continuar leyendo|(?:descargar|descargue|haga clic) aquí|lea más(?: aquí)?"
    r"|подробнее(?: здесь)?|читать (?:далее|дальше|полностью|подробнее|ещё|еще)|узнать больше"
    r"|далее|скачать здесь"
    r"|اقرأ المزيد|إقرأ المزيد|قراءة المزيد|للمزيد|المزيد|اقرأ أكثر|تابع القراءة"
    r"|阅读更多|查看更多|了解更多|更多(?:信息|内容)?|阅读全文|查看全文|详情|查看详情"
    r"|点击(?:这里|此处)(?:下载)?"
)
_STUB = re.compile(rf"(?:{_PHRASE})", re.IGNORECASE)
_SENDING = re.compile(
    r"(?:read|download|click|watch|view|see|find|learn|listen)\b.{1,70}\bhere"
    r"|(?:lire|téléchargez?|consultez)\b.{1,70}\bici"
    r"|(?:lea|leer|descargar|descargue)\b.{1,70}\baquí",
    re.IGNORECASE,
)
_WEAK_PHRASE = re.compile(r"more|suite|más|далее|المزيد|更多", re.IGNORECASE)
_STUB_AT_END = re.compile(rf"(?<!\w)(?:{_PHRASE}|more|más|plus)$", re.IGNORECASE)
_STUCK_AT_END = re.compile(r"(?:更多|阅读更多|查看更多|了解更多|阅读全文|查看全文|详情)$")
_TRIM = " \u00a0.…»›>→[]()（）。!:："
_FINAL = ".!?…。！？؟"
_CLOSERS = "\"'”’»)]"
_LONGEST = 60


def is_stub(text: str) -> bool:
    """Say whether the whole text is a link stub."""
    bare = text[: _LONGEST + 20].strip(_TRIM + "«‹<-–—")
    return len(text) <= _LONGEST + 20 and (
        any(pattern.fullmatch(bare) for pattern in (_STUB, _SENDING, _WEAK_PHRASE))
    )


def strip_stub(text: str) -> str:
    """Cut a stub off the end of a paragraph; its dots become the sentence's own full stop.

    Words are a stub only where they stand apart: after dots, after a finished sentence, in
    brackets, or with an arrow. `to protect migrants more` stays.
    """
    end = len(text.rstrip(_TRIM))
    tail = text[max(0, end - _LONGEST) : end]
    found = _STUB_AT_END.search(tail) or _STUCK_AT_END.search(tail)
    if found is None:
        return text
    start = max(0, end - _LONGEST) + found.start()
    before = text[:start].rstrip(" \u00a0[(（<«‹-–—|")
    opened = text[len(before) : start].strip() != ""
    arrow = any(sign in text[end:] for sign in "»›>→]")
    apart = before.rstrip(_CLOSERS)[-1:] in _FINAL and before != ""
    capital = found.group()[:1].isupper() and not _WEAK_PHRASE.fullmatch(found.group())
    if not (apart or ((opened or arrow or capital) and before)):
        return text
    return _one_stop(before)


def _one_stop(text: str) -> str:
    """Make the dots that led to a stub one full stop, directly after the last word."""
    bare = text.rstrip(" \u00a0.…")
    dots = text[len(bare) :].strip()
    if not dots or not bare:
        return text
    closed = bare.rstrip(_CLOSERS)
    return bare if closed[-1:] in _FINAL else f"{bare}."
