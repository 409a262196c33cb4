"""What pages print around a date that is neither date nor title: labels, authors, categories."""

import re

from feeds.upstream.formats.listing.small_print import is_update

_LONGEST = 80
_LABEL = (
    r"(?:(?:date|time)(?: of publication| posted)?|publication date|when|posted|published|submitted"
    r"|written|added|created|released|issued|uploaded"
    r"|(?:date de publication|publié|mis en ligne|posté|écrit|rédigé|paru)e?s?"
    r"|fecha(?: de publicación)?|publicad[oa]|publicación|escrito|enviado"
    r"|дата(?: публикации)?|опубликован[оа]?|размещен[оа]?|добавлен[оа]?"
    r"|发布时间|发布日期|发表(?:时间|于)?|日期|时间|来源|تاريخ النشر|التاريخ|نشر(?: في)?|تم النشر)"
)
_KIND = (
    r"(?:(?:latest )?news|press releases?|media releases?|blog|events?|publications?"
    r"|stor(?:y|ies)|features?|articles?|reports?|statements?|updates?|announcements?"
    r"|actualités?|communiqués?(?: de presse)?|événements?|évènements?|noticias?|eventos?"
    r"|comunicados?(?: de prensa)?|publicaci(?:ón|ones)|notas? de prensa|новост[ьи]|события?"
    r"|публикаци[яи]|пресс-релизы?|أخبار|خبر|بيان صحفي|新闻|新闻稿|活动|出版物)"
)
_BY = r"(?:(?:by|par|por|автор|от|بقلم)\b:?\s|作者[:：]?\s?|(?:опубликовал|разместил|добавил)а?\s)"
_CAPITALISED = r"(?-i:[^\W\d_a-zß-ÿа-яё][\w.'’-]*)"
_NAME = (
    rf"(?:admin\w*|editor|guest|webmaster|{_CAPITALISED}"
    rf"(?:\s(?:{_CAPITALISED}|de|da|van|von|der|al|el|bin|and|et|y|и)){{0,4}})"
)
_AUTHOR = rf"{_BY}{_NAME}"
_PLACE = (
    r"(?:where|venue|location|place|source|lieu|endroit|lugar|sede|fuente|место(?: проведения)?"
    r"|источник|المكان|المصدر|地点|来源)"
)
_FIELD = re.compile(rf"{_PLACE}\s?[:：]", re.IGNORECASE)
_JOINT = r"[\s,:：|/•·–—-]*"
_BEFORE = re.compile(
    rf"(?:{_KIND}{_JOINT}(?<=[,:：|/•·–—-] )|)"
    rf"(?:{_LABEL}(?:[\s:：]+{_BY}\D{{1,60}}?)?|{_AUTHOR}(?=[\s,|•·–—-])|){_JOINT}"
    r"(?:(?:on|le|el|в|في|于)\s)?[(\[]?|\d{1,3}[.)]\s",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    rf"{_KIND}|{_AUTHOR}(?:\sin\s.{{1,40}})?|comments?\s?\(\d+\)"
    r"|(?:\d+|no|leave a|aucun|sin|нет)\s(?:comments?|commentaires?|comentarios?"
    r"|комментари\w+)|comments off|admin(?:istrator)?"
    r"|(?:(?:posted|filed|published)\s)?(?:in|under|category|categories|catégorie|categoría|рубрика"
    rf"|source)\s?:?\s(?:{_KIND}|uncategorized|general)(?:\s{_AUTHOR})?"
    rf"|{_PLACE}\s?[:：]\s?.{{1,50}}"
    r"|(?:category|categories|catégories?|categorías?|рубрика|tags?|filed under"
    r"|posted in)\s?:?\s.{1,50}",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[|•·/,–—]\s*|\s-\s")


def leads_to_date(text: str) -> bool:
    """Say whether nothing but a label, a kind or an author stands before a date."""
    return len(text) <= _LONGEST and _BEFORE.fullmatch(text) is not None


def is_field(text: str) -> bool:
    """Say whether the line tells the place of an event or the source of a text by a label."""
    return _FIELD.match(text) is not None


def follows_date(text: str) -> bool:
    """Say whether nothing but author, kind, category or a later change stands behind a date."""
    if len(text) > _LONGEST:
        return False
    if is_update(text):
        return True
    if _BESIDE.fullmatch(text):
        return True
    return all(_BESIDE.fullmatch(part) or is_update(part) for part in _PARTS.split(text) if part)
