"""What stands on web pages around the news, in six languages: menus, footers, headings, spam."""

import re

from domain.dates import read_month
from feeds.upstream.formats.listing.small_print import is_address, is_footer

MENU = "menu"
FOOTER = "footer"
HEADING = "heading"
SPAM = "spam"
LINK_STUB = "link stub"
INTRODUCTION = "introduction"
UNDATED = "undated"

_MENU = re.compile(
    r"""(?:
    home|homepage|main\ page|site\s?map|menu|main\ menu|search|contacts?|contact\ us|about|about\ us
    |skip\ to\ (?:main\ )?content|back\ to\ top|top|top\ of\ (?:the\ )?page|share
    |share\ this(?:\ page)?
    |share\ on\ .{1,20}|print|print\ this\ page|e-?mail|e-?mail\ this|tweet|like|follow\ us.{0,40}
    |log\ ?in|log\ ?out|sign\ in|sign\ up|register|subscribe|rss|rss\ feeds?|faqs?|help|language
    |languages
    |english|français|español|русский|العربية|中文|facebook|twitter|youtube|instagram|linkedin
    |flickr
    |next|previous|prev|first|last|older(?:\ posts)?|newer(?:\ posts)?|next\ page|previous\ page
    |page\ \d+(?:\ (?:of|/)\ \d+)?|load\ more|show\ more|show\ all|view\ all|see\ all|all\ news
    |advertisement|photo\ gallery|gallery
    |accueil|plan\ du\ site|recherche|rechercher|partager|imprimer|haut\ de\ page|retour\ en\ haut
    |connexion
    |suivant|précédent|page\ suivante|page\ précédente|à\ propos|qui\ sommes-nous|contactez-nous
    |nous\ contacter
    |s'inscrire|s'abonner|inicio|mapa\ del\ sitio|buscar|búsqueda|compartir|imprimir|volver\ arriba
    |contáctenos|contacto|acerca\ de|quiénes\ somos|siguiente|anterior|iniciar\ sesión|suscribirse
    |página\ \d+
    |главная|главная\ страница|карта\ сайта|поиск|поделиться|печать|распечатать|наверх|вверх
    |контакты|о\ нас
    |войти|вход|подписаться|далее|назад|следующая|предыдущая|страница\ \d+|версия\ для\ печати
    |الرئيسية|الصفحة\ الرئيسية|خريطة\ الموقع|بحث|مشاركة|شارك|طباعة|اتصل\ بنا|من\ نحن|التالي|السابق
    |إلى\ الأعلى
    |首页|主页|网站地图|搜索|分享(?:到)?|打印|返回顶部|联系我们|关于我们|下一页|上一页|登录|注册|订阅
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_PAGES = re.compile(
    r"(?:[«»‹›<>|.…·\s\d]|next|previous|prev|first|last|suivante?|précédente?|siguiente|anterior"
    r"|pages?|página|страница|далее|назад|下一页|上一页|التالي|السابق)*",
    re.IGNORECASE,
)
_BAR = re.compile(r"\s*(?:[|•·»›>/]|—|\s{3,}|\t)\s*")
_SECTION = re.compile(
    r"""(?:latest|recent|other|more|older|past|upcoming|breaking|related|all|top|archived?)?\ ?
    (?:news(?:\ (?:and|&)\ (?:events|stories|updates|publications|features))?|events|publications
    |stories|press\ releases
    |headlines|updates|archives?|agenda|calendar(?:\ of\ (?:past\ )?events)?|chronicle|diary
    |activities|meetings|press\ room|newsroom|features|statements|highlights)
    |(?:dernières|autres|toutes\ les)?\ ?(?:actualités|nouvelles|publications|événements
    |activités|réunions|agenda|calendrier|communiqués(?:\ de\ presse)?)
    |à\ la\ une|archives|(?:últimas|otras|todas\ las)?\ ?(?:noticias|publicaciones|actividades
    |reuniones|agenda|calendario|comunicados(?:\ de\ prensa)?)|eventos|archivo
    |(?:последние|другие|все)?\ ?(?:новости|события|публикации|пресс-релизы
    |мероприятия)|календарь|хроника|архив(?:\ новостей)?
    |(?:آخر|أحدث)?\ ?الأخبار|أخبار|الأحداث|المنشورات|الأرشيف|(?:最新|相关|更多)?(?:新闻|消息
    |活动|出版物)|存档""",
    re.IGNORECASE | re.VERBOSE,
)
_OF_YEAR = re.compile(
    r"(?P<before>\D*?)(?:\s(?:in|of|for|from|de|del|en|pour|за|в))?[\s,:(|–—-]*"
    r"\b(?P<year>(?:19|2[01])\d\d)\b(?:\s?(?:г\.?|год[ау]?|年))?\W*(?P<after>\D*)"
)
_SPAM = re.compile(
    r"""\b(?:casino|viagra|cialis|payday\ loans?|essay\ writing|escorts?|full\ movie
    |streaming\ (?:vf|ita)
    |watch\ .{1,40}\b(?:online|free|episodes?|movie|hd|super|streaming)|free\ download
    |replica\ watches|cheap\ \w+\ online
    |казино|ставки\ на\ спорт|смотреть\ онлайн|скачать\ бесплатно)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LINK = re.compile(
    r"""(?:to\ (?:read|join|learn|find|see|view|register|download|subscribe|watch|access|visit)
    |read|learn|download|click|visit|watch|for\ (?:more|further|additional|the\ full)|see\ (?:also
    |more|the|all)
    |find\ out|more\ (?:information|news|on)|pour\ (?:en\ savoir|plus|lire|consulter|télécharger)
    |cliquez|télécharge[rz]
    |consulte[rz]|voir\ (?:aussi|le|la|plus)|lire|en\ savoir\ plus|para\ (?:más|leer|obtener|ver
    |descargar)|haga\ clic|descarg(?:ar|ue)
    |véase|lea|leer|visite|более\ подробн|подробнее|чтобы\ (?:узнать|прочитать)|читайте|скачать
    |загрузить|нажмите
    |للمزيد|لمزيد|لقراءة|اقرأ|انقر|تحميل|更多|了解更多|点击|下载|欲了解)(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_LINK_END = re.compile(
    r"(?:click|read|download(?:ed)?|available|more|found|viewed|seen|accessed)(?: \w+){0,2} here"
    r"|(?:^|\W)(?:website|web ?site"
    r"|web page)$"
    r"|cliquez ici|ici$|haga clic aquí|aquí$|здесь$|هنا$|点击这里|这里$",
    re.IGNORECASE,
)


def is_menu(text: str) -> bool:
    """Say whether the whole line is navigation: `Home | About | Contact`, `« Previous 1 2 3`."""
    if len(text) > 200:
        return False
    bare = text.strip(" «»‹›<>|[]()…·:-").rstrip(".")
    if _MENU.fullmatch(bare) or (
        _PAGES.fullmatch(text) and len(text) < 80 and not read_month(text)
    ):
        return True
    parts = [part for part in _BAR.split(text) if part]
    if len(parts) < 2:
        return False
    known = sum(1 for part in parts if _MENU.fullmatch(part) or _SECTION.fullmatch(part))
    return known * 2 >= len(parts) and all(len(part) <= 40 for part in parts)


def is_heading(text: str) -> bool:
    """Say whether the line is a heading over items: `Latest news`, `March 2010`, `News 2010`."""
    if len(text) > 60:
        return False
    return heading_year(text) is not None or _SECTION.fullmatch(_bare(text)) is not None


def heading_year(text: str) -> int | None:
    """Return the year that a heading over items names, or None."""
    if len(text) > 60:
        return None
    bare = _bare(text)
    if month := read_month(bare):
        return month[0]
    found = _OF_YEAR.fullmatch(bare)
    if found is None or not _SECTION.fullmatch((found["before"] or found["after"]).strip(" ,:|")):
        return None
    return int(found["year"])


def _bare(text: str) -> str:
    return text.strip(" :-–—|#*=.…»")


def is_link(text: str) -> bool:
    """Say whether the line only sends its reader elsewhere, as `For more, click here` does."""
    if len(text) > 200:
        return False
    return _LINK.match(text) is not None or _LINK_END.search(text.rstrip(" .!»>")) is not None


def is_spam(text: str) -> bool:
    """Say whether the line advertises what such a page never offers."""
    return len(text) <= 200 and _SPAM.search(text) is not None


def is_furniture(text: str) -> bool:
    """Say whether the line is menu, footer or spam wherever it stands."""
    return is_menu(text) or is_spam(text) or (is_footer(text) and len(text) <= 200)


def reason_for(text: str, otherwise: str) -> str:
    """Name the kind of noise that a line is."""
    if is_spam(text):
        return SPAM
    if is_footer(text) or is_address(text):
        return FOOTER
    if is_menu(text):
        return MENU
    if is_heading(text):
        return HEADING
    return LINK_STUB if is_link(text) else otherwise
