"""What stands on web pages around the news, in six languages: menus, footers, headings, spam."""

import re

from domain.dates import match_date, read_month

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
    |首页|主页|网站地图|搜索|分享|打印|返回顶部|联系我们|关于我们|下一页|上一页|登录|注册|订阅
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_PAGES = re.compile(
    r"(?:[«»‹›<>|.…·\s\d]|next|previous|prev|first|last|suivante?|précédente?|siguiente|anterior"
    r"|pages?|página|страница|далее|назад|下一页|上一页|التالي|السابق)*",
    re.IGNORECASE,
)
_BAR = re.compile(r"\s*(?:[|•·»›>/]|—|\s{3,}|\t)\s*")
_RIGHTS = re.compile(
    r"""(?:©|\(c\)\s|copyright\b)(?=.*(?:\b(?:19|20)\d\d\b|rights|droits|derechos|прав|حقوق|版权))
    |.{0,60}(?:©|\(c\)\s|copyright)\W*(?:(?:19|20)\d\d\b.{0,40}$|$)
    |.{0,200}(?:all\ rights\ reserved|tous\ droits\ réservés|todos\ los\ derechos\ reservados
    |все\ права\ защищены|جميع\ الحقوق\ محفوظة|版权所有|保留所有权利)
    |авторские\ права|derechos\ de\ autor|حقوق\ النشر|powered\ by""",
    re.IGNORECASE | re.VERBOSE,
)
_LEGAL = re.compile(
    r"""(?:terms|conditions)(?:\ (?:of\ (?:use|service)|and\ conditions))?|privacy(?:\ (?:policy
    |notice))?
    |legal\ (?:notice|information)|cookie(?:s|\ (?:policy|settings))|disclaimer|imprint|accessibility
    |credits|mentions\ légales|conditions\ d[’']utilisation|politique\ de\ confidentialité
    |accessibilité|crédits
    |aviso\ legal|política\ de\ privacidad|términos\ de\ uso|accesibilidad|créditos
    |политика\ конфиденциальности|условия\ использования|правовая\ информация
    |سياسة\ الخصوصية|شروط\ الاستخدام|隐私政策|使用条款|免责声明|法律声明""",
    re.IGNORECASE | re.VERBOSE,
)
_UPDATED = re.compile(
    r"""(?:(?:this\ |the\ )?(?:web\ ?)?(?:page|site)\ )?(?:was\ |is\ )?(?:last\ |latest\ )?
    (?:updated?|modified|reviewed|changed|revised)\b(?:\ on)?
    |(?:page\ |site\ )?(?:dernière\ )?(?:mise?\ à\ jour|modifiée?|modification|actualisée?)\b(?:\ le)?
    |(?:página\ |sitio\ )?(?:última\ |últ\.\ )?(?:actualiza(?:ción|d[oa])|modifica(?:ción|d[oa]))\b
    (?:\ el)?
    |(?:страница\ |сайт\ )?(?:последн\w+\ )?(?:дата\ )?(?:обновл\w+|изменен\w+)(?:\ страницы)?
    |(?:تاريخ\ )?(?:آخر\ )?تحديث(?:\ في)?|تم\ التحديث(?:\ في)?
    |(?:页面|本页|网站)?(?:最后|最近)?(?:更新|修改)(?:时间|日期|于)?""",
    re.IGNORECASE | re.VERBOSE,
)
_REQUEST = re.compile(
    r"""(?:(?:please\ )?(?:subscribe|sign\ up)\ (?:to|for)\ (?:our|the|this)\ 
    |(?:to\ )?unsubscribe\b|you\ (?:are\ receiving|receive[d]?)\ this|leave\ a\ (?:reply|comment)
    |you\ must\ be\ logged\ in|forgot(?:ten)?\ your\ (?:details|password|username)
    |(?:follow|join|like|find)\ (?:us|\w+)\ on\ (?:facebook|twitter|linkedin|instagram|youtube)
    |if\ you\ (?:no\ longer|do\ not|don't)\ (?:wish|want)\ to\ receive
    |si\ vous\ ne\ (?:souhaitez|voulez)\ (?:plus|pas)\ recevoir|si\ (?:ya\ )?no\ desea\ recibir
    |если\ вы\ (?:больше\ )?не\ хотите\ получать
    |(?:pour\ )?(?:vous\ |se\ )?(?:désabonner|désinscrire)|se\ désabonner|abonnez-vous
    |vous\ recevez\ (?:ce|cette)|mot\ de\ passe\ oublié|laisser\ un\ commentaire|suivez-nous
    |(?:para\ )?(?:darse\ de\ baja|cancelar\ (?:la|su)\ suscripción)|suscríbase|usted\ recibe\ este
    |olvidaste\ tu\ contraseña|deja\ un\ comentario|síganos|síguenos
    |(?:чтобы\ )?(?:отписаться|отказаться\ от\ (?:рассылки|подписки))|подпишитесь|вы\ получили\ это
    |забыли\ (?:свой\ )?пароль|إلغاء\ الاشتراك|لإلغاء\ الاشتراك|اشترك\ في|نسيت\ كلمة|退订|取消订阅
    |忘记密码|related\ (?:links|articles|news)$)""",
    re.IGNORECASE | re.VERBOSE,
)
_COOKIES = re.compile(
    r"""(?:uses?|utilise|utiliza|использует|accept|acceptez|aceptar)
    \ (?:des\ |les\ |all\ |tous\ les\ |файлы\ )?cookies?
    |использует\ файлы|ملفات\ تعريف\ الارتباط|我们使用.{0,4}cookie""",
    re.IGNORECASE | re.VERBOSE,
)
_ADDRESS = re.compile(
    r"""(?:for\ )?(?:(?:press|media|general|public)\ )?(?:contacts?|enquir(?:y|ies)|inquir(?:y|ies)
    |office)(?:\ (?:person|us|the\ office))?\s?(?::|,?\ tel\b|$)
    |(?:for\ (?:further|more|additional|any)\ (?:information|details|questions),?\ )(?:please\ )?
    (?:contact|call|write|e-?mail)\b
    |(?:tel|phone|telephone|téléphone|tél|teléfono|тел|телефон|fax|факс|e-?mail|address|adresse
    |dirección|correo|courriel|адрес|эл\.\ почта)\b\.?\s?:|p\.?\ ?o\.?\ box\b
    |contacts?(?:\ presse)?\s?:|contactos?(?:\ de\ prensa)?\s?:|контакты?(?:\ для\ \w+)?\s?:
    |(?:pour\ (?:plus\ d[’']informations|tout\ renseignement),?\ )(?:veuillez\ )?contacte[rz]
    |(?:para\ (?:más|mayor)\ información,?\ )(?:contacte|contactar|comuníquese|comunicarse)
    |(?:за\ дополнительной\ информацией|по\ всем\ вопросам)\b
    |للاتصال\s?:|هاتف\s?:|联系(?:人|电话|方式)\s?[:：]|(?:电话|地址|邮箱)\s?[:：]
    |(?:\S+\ ){0,6}[\w.+-]+@[\w-]+\.[\w.]+$|(?:\D{0,40}\s)?(?:\+|00)\d[\d\s()./-]{7,}$""",
    re.IGNORECASE | re.VERBOSE,
)
_FOOTER_LONGEST, _UPDATED_LONGEST = 400, 70
_SECTION = re.compile(
    r"""(?:latest|recent|other|more|older|past|upcoming|breaking|related|all|top|archived?)?\ ?
    (?:news(?:\ (?:and|&)\ (?:events|stories|updates|publications|features))?|events|publications
    |stories|press\ releases
    |headlines|updates|archives?|agenda|calendar(?:\ of\ (?:past\ )?events)?|chronicle|diary
    |activities|meetings|press\ room|newsroom|features|statements|highlights)
    |(?:dernières|autres|toutes\ les)?\ ?(?:actualités|nouvelles|publications|événements|activités|réunions|agenda|calendrier
    |communiqués(?:\ de\ presse)?)
    |à\ la\ une|archives|(?:últimas|otras|todas\ las)?\ ?(?:noticias|publicaciones|actividades|reuniones
    |agenda|calendario|comunicados(?:\ de\ prensa)?)|eventos|archivo
    |(?:последние|другие|все)?\ ?(?:новости|события|публикации|пресс-релизы|мероприятия)|календарь|хроника|архив(?:\ новостей)?
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


def is_footer(text: str) -> bool:
    """Say whether the line is small print: copyright, cookies, log-in, subscription, last change."""
    if len(text) > _FOOTER_LONGEST:
        return False
    bare = text.lstrip(" *•|-–—[(")
    return (
        is_update(bare)
        or any(_LEGAL.fullmatch(part.strip(" .")) for part in _BAR.split(bare))
        or any(rule.match(bare) for rule in (_RIGHTS, _REQUEST))
        or _COOKIES.search(bare) is not None
    )


def is_update(text: str) -> bool:
    """Say whether the line tells when a page was changed, as `Last updated: 3 May 2010` does."""
    found = _UPDATED.match(text) if len(text) <= _UPDATED_LONGEST else None
    if found is None:
        return False
    rest = text[found.end() :].lstrip(" :：")
    return not rest or match_date(rest) is not None or read_month(rest) is not None


def is_address(text: str) -> bool:
    """Say whether the line tells how to reach somebody: `Tel.: …`, `Press contact: …`."""
    return len(text) <= _FOOTER_LONGEST and _ADDRESS.match(text) is not None


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
