"""Words that the query language knows by itself, in the six languages of the United Nations."""

KIND_NAMES: dict[str, dict[str, str]] = {
    "news": {
        "en": "news",
        "fr": "actualités",
        "es": "noticias",
        "ru": "новости",
        "ar": "أخبار",
        "zh": "新闻",
    },
    "event": {
        "en": "event",
        "fr": "événement",
        "es": "evento",
        "ru": "мероприятие",
        "ar": "فعالية",
        "zh": "活动",
    },
    "publication": {
        "en": "publication",
        "fr": "publication",
        "es": "publicación",
        "ru": "публикация",
        "ar": "منشور",
        "zh": "出版物",
    },
}
"""Kind → what it is called, by language."""

PLAIN_KIND_NAMES: dict[str, tuple[str, ...]] = {
    "news": (
        *("news", "actualité", "actualités", "nouvelles", "noticia", "noticias"),
        *("новость", "новости", "новостей", "أخبار", "الأخبار", "خبر", "新闻", "消息"),
    ),
    "event": (
        *("event", "events", "événement", "événements", "évènement", "évènements"),
        *("evento", "eventos", "мероприятие", "мероприятия", "мероприятий", "событие", "события"),
        *("событий", "فعالية", "فعاليات", "حدث", "أحداث", "活动", "会议活动"),
    ),
    "publication": (
        *("publication", "publications", "publicación", "publicaciones"),
        *("публикация", "публикации", "публикаций", "издание", "издания", "изданий"),
        *("منشور", "منشورات", "مطبوعات", "إصدارات", "出版物", "刊物"),
    ),
}
"""Kind → the plain words that name it.

`meeting` or `report` say more than the kind of an item, so they stay words.
"""

LANGUAGE_NAMES: dict[str, dict[str, str]] = {
    "en": {
        "en": "English",
        "fr": "anglais",
        "es": "inglés",
        "ru": "английский",
        "ar": "الإنجليزية",
        "zh": "英语",
    },
    "fr": {
        "en": "French",
        "fr": "français",
        "es": "francés",
        "ru": "французский",
        "ar": "الفرنسية",
        "zh": "法语",
    },
    "es": {
        "en": "Spanish",
        "fr": "espagnol",
        "es": "español",
        "ru": "испанский",
        "ar": "الإسبانية",
        "zh": "西班牙语",
    },
    "ru": {
        "en": "Russian",
        "fr": "russe",
        "es": "ruso",
        "ru": "русский",
        "ar": "الروسية",
        "zh": "俄语",
    },
    "ar": {
        "en": "Arabic",
        "fr": "arabe",
        "es": "árabe",
        "ru": "арабский",
        "ar": "العربية",
        "zh": "阿拉伯语",
    },
    "zh": {
        "en": "Chinese",
        "fr": "chinois",
        "es": "chino",
        "ru": "китайский",
        "ar": "الصينية",
        "zh": "中文",
    },
}
"""ISO 639-1 code → what the language is called, by language."""

LANGUAGE_FORMS: dict[str, tuple[str, ...]] = {
    "en": ("anglaise", "anglaises", "inglesa", "ingleses", "英文"),
    "fr": ("française", "françaises", "francesa", "franceses", "法文"),
    "es": ("espagnole", "espagnols", "castellano", "castillan", "española", "西班牙文"),
    "ru": ("russes", "rusa", "rusos", "俄文"),
    "ar": ("arabes", "árabes", "阿拉伯文"),
    "zh": ("chinoise", "chinos", "mandarin", "汉语", "华语"),
}
"""More forms and names of the same languages."""

_OTHER_LANGUAGES = (
    "aa ab ae af ak am an as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de "
    "dv dz ee el eo et eu fa ff fi fj fo fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie "
    "ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt "
    "lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl "
    "ps pt qu rm rn ro rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk "
    "tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zu und"
)
OTHER_LANGUAGES = tuple(_OTHER_LANGUAGES.split())
"""The other codes of ISO 639-1, and `und` for a text that does not tell."""

FILLERS = frozenset(
    (
        *("document", "documents", "documento", "documentos", "документ", "документы"),
        *("документов", "документах", "وثيقه", "وثايق", "مستندات", "文件", "文档"),
        *("article", "articles", "articulo", "articulos", "статья", "статьи", "статей"),
        *("مقال", "مقالات", "文章"),
    )
)
"""Folded words that ask for items of any kind; dropped beside a word that counts as a filter."""

RECENT = frozenset(
    (
        *("latest", "recent", "newest", "recently", "dernier", "derniere", "derniers", "dernieres"),
        *("recent", "recente", "recents", "recentes", "reciente", "recientes"),
        *("ultimo", "ultima", "ultimos", "ultimas", "последние", "последний", "последних"),
        *("последняя", "свежие", "недавние", "احدث", "اخر", "最新", "最近"),
    )
)
"""Folded words for what is new; dropped beside any word but a small one."""

STOP_WORDS = frozenset(
    (
        *("a", "an", "the", "of", "in", "on", "at", "by", "for", "to", "from", "with", "and"),
        *("about", "le", "la", "les", "de", "du", "des", "en", "dans", "sur", "au", "aux", "et"),
        *("pour", "par", "avec", "el", "los", "las", "del", "sobre", "y", "para", "por", "con"),
        *("в", "во", "на", "о", "об", "по", "с", "и", "для", "из", "от", "к"),
        *(
            "في",
            "من",
            "علي",
            "عن",
            "الي",
            "و",
            "的",
            "在",
            "于",
            "关于",
            "有关",
            "和",
            "与",
            "年",
            "月",
            "日",
            "号",
        ),
    )
)
"""Folded words without an idea of their own; dropped beside any other plain word."""

LANGUAGE_PREPOSITIONS = frozenset(("in", "en", "на", "باللغه", "dans"))
"""Folded words that make a language of the language's name after them."""

LANGUAGE_NOUNS = frozenset(("language", "langue", "lengua", "idioma", "языке", "языку"))
"""Folded words that go with the name of a language before them."""
