"""Link stubs at the very end of an item: `Read more here.`, `... read more`, `Lire la suite`."""

import re

_PHRASE = (
    r"(?:click here (?:to|for) )?"
    r"(?:read|learn|see|find out|view|know|discover|continue|full|download|watch|get|for|open|go)"
    r"(?: (?:more|the|full|whole|complete|rest|of|this|that|to|story|article|text|reading|here"
    r"|report|pdf|press|release|statement|publication|document|entry|post|page|version|video|news"
    r"|item|details|further|now|information|it))+"
    r"|(?:read|download|watch|click|available|full text|more information|more info"
    r"|more details)(?: it)? here"
    r"|click here(?: (?:to|for) (?:more(?: information| details)?|download|read|details|view))?"
    r"|read on|download|details|more info(?:rmation)?|more details|continue(?: reading)?"
    r"|keep reading|permalink"
    r"|(?:full|complete) (?:story|text|article|report|version|statement|press release)"
    r"|(?:lire|voir|télécharger|consulter|ouvrir|suite de)"
    r"(?: (?:la|le|les|l[’']article|de|plus|suite|davantage|article|texte|communiqué|document"
    r"|rapport|détails?|pdf|complet|complète|intégral|ici))+|télécharger|détails?|texte intégral"
    r"|communiqué complet|en savoir (?:plus|davantage)(?: ici)?|la suite|suite"
    r"|plus (?:d[’']infos?(?:rmations)?|de détails)|cliquez ici"
    r"|(?:leer|lea|ver|saber|descargar|descargue|seguir|sigue|continuar|consultar|abrir)"
    r"(?: (?:la|el|los|más|leyendo|artículo|nota|noticia|texto|comunicado|documento|informe"
    r"|detalles?|pdf|completo|completa|aquí))+|descargar|detalles?|más (?:información|detalles)"
    r"(?: aquí)?|(?:nota|texto|comunicado) complet[oa]|haga clic aquí"
    r"|подробн(?:ее|ости|ая информация)(?: здесь)?|читать(?: (?:далее|дальше|полностью|подробнее"
    r"|ещё|еще|всё|все|статью|новость|весь текст))+|узнать больше|далее|полный текст"
    r"|скачать(?: (?:здесь|документ|файл|отчет|отчёт))?"
    r"|اقرأ المزيد|إقرأ المزيد|قراءة المزيد|للمزيد|المزيد|اقرأ أكثر|تابع القراءة"
    r"|اقرأ التفاصيل|(?:ال)?تفاصيل"
    r"|مزيد من التفاصيل|النص الكامل|تحميل|تنزيل|للتحميل"
    r"|阅读更多|查看更多|了解更多|更多(?:信息|内容)?|(?:阅读|查看)?(?:全文|详情|详细)|详细内容|更多详情|(?:查看|阅读)原文|原文链接"
    r"|下载(?:全文|文件)?"
    r"|点击(?:这里|此处)(?:下载)?"
)
_FILE = r"(?:\s?[(\[（]?\s?(?:pdf|docx?|zip|mp3)\b[^()]{0,20}[)\]）]?)?"
_STUB = re.compile(rf"(?:{_PHRASE}){_FILE}|{_FILE}", re.IGNORECASE)
_SENDING = re.compile(
    r"(?:read|download|click|watch|view|see|find|learn|listen)\b.{1,70}\bhere"
    r"|(?:lire|téléchargez?|consultez)\b.{1,70}\bici"
    r"|(?:lea|leer|descargar|descargue)\b.{1,70}\baquí",
    re.IGNORECASE,
)
_NAMING = re.compile(
    r"(?:(?:read|learn|find out|more) (?:more )?(?:about|on)|continue reading|download)\s"
    r"[^.]{3,120}(?<![.!?])|(?:read|view|see|open) (?:the|this|our)(?: \w+){1,2}"
    r"|(?:télécharger|lire la suite (?:de|:)|descargar|seguir leyendo|скачать|читать далее:?)\s"
    r"[^.]{3,120}(?<![.!?])",
    re.IGNORECASE,
)
_WEAK_PHRASE = re.compile(r"more|suite|más|далее|المزيد|更多", re.IGNORECASE)
_STUB_AT_END = re.compile(rf"(?<!\w)(?:{_PHRASE}|more|más|plus)$", re.IGNORECASE)
_STUCK_AT_END = re.compile(r"(?:更多|阅读更多|查看更多|了解更多|阅读全文|查看全文|详情)$")
_CUT_SHORT = re.compile(r"\s*[\[(（]\s?(?:\.{2,}|…+)\s?[\])）]\W*$")
_BETWEEN = re.compile(r"\s*[|/·•]\s*|\s{2,}")
_SIGNS = " «‹<-–—»›>→[]"
_TRIM = " \u00a0.…»›>→[]()（）。!:："
_FINAL = ".!?…。！？؟"
_CLOSERS = "\"'”’»)]"
_LONGEST = 60
_LONGEST_LINE = 140
_MOST_STUBS = 3


def is_stub(text: str) -> bool:
    """Say whether the whole text is a link stub."""
    if len(text) > _LONGEST_LINE:
        return False
    bare = text.strip(_TRIM + "«‹<-–—")
    if not bare:
        return _CUT_SHORT.fullmatch(text) is not None
    if any(pattern.fullmatch(bare) for pattern in (_STUB, _SENDING, _WEAK_PHRASE)):
        return True
    links = [link.strip(_TRIM) for link in _BETWEEN.split(bare)]
    return len(links) > 1 and all(_STUB.fullmatch(link) for link in links if link)


def sends_on(text: str) -> bool:
    """Say whether a line below a text is a link stub, also one that names what it leads to."""
    if is_stub(text):
        return True
    return len(text) <= _LONGEST_LINE and _NAMING.fullmatch(text.strip(_SIGNS)) is not None


def strip_stub(text: str) -> str:
    """Cut stubs off the end of a paragraph; their dots become the sentence's own full stop.

    Words are a stub only where they stand apart: after dots, after a finished sentence, in
    brackets, or with an arrow. `to protect migrants more` stays.
    """
    for _ in range(_MOST_STUBS):
        shorter = _strip_one(text)
        if shorter == text:
            break
        text = shorter
    return text


def _strip_one(text: str) -> str:
    if cut := _CUT_SHORT.search(text, max(0, len(text) - _LONGEST)):
        return _one_stop(f"{text[: cut.start()]}…") if text[: cut.start()].strip() else text
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
    return bare if closed[-1:] in _FINAL else f"{bare.rstrip(',;: ')}."
