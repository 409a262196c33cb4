"""Small print of web pages, in six languages: rights, cookies, last change, addresses."""

import re

from domain.dates import match_date, read_month

_BAR = re.compile(r"\s*[|•·»›>/]\s*|\s{3,}")
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
    |legal\ (?:notice|information)|cookie(?:s|\ (?:policy|settings))|disclaimer|imprint
    |accessibility|credits|mentions\ légales
    |conditions\ d[’']utilisation|politique\ de\ confidentialité
    |accessibilité|crédits
    |aviso\ legal|política\ de\ privacidad|términos\ de\ uso|accesibilidad|créditos
    |политика\ конфиденциальности|условия\ использования|правовая\ информация
    |سياسة\ الخصوصية|شروط\ الاستخدام|隐私政策|使用条款|免责声明|法律声明""",
    re.IGNORECASE | re.VERBOSE,
)
_UPDATED = re.compile(
    r"""(?:(?:this\ |the\ )?(?:web\ ?)?(?:page|site)\ )?(?:was\ |is\ )?(?:last\ |latest\ )?
    (?:updated?|modified|reviewed|changed|revised)\b(?:\ on)?
    |(?:page\ |site\ )?(?:dernière\ )?(?:mise?\ à\ jour|modifiée?|modification|actualisée?)\b
    (?:\ le)?
    |(?:página\ |sitio\ )?(?:última\ |últ\.\ )?(?:actualiza(?:ción|d[oa])|modifica(?:ción|d[oa]))\b
    (?:\ el)?
    |(?:страница\ |сайт\ )?(?:последн\w+\ )?(?:дата\ )?(?:обновл\w+|изменен\w+)(?:\ страницы)?
    |(?:تاريخ\ )?(?:آخر\ )?تحديث(?:\ في)?|تم\ التحديث(?:\ في)?
    |(?:页面|本页|网站)?(?:最后|最近)?(?:更新|修改)(?:时间|日期|于)?""",
    re.IGNORECASE | re.VERBOSE,
)
_REQUEST = re.compile(
    r"""(?:(?:please\ )?(?:subscribe|sign\ up)\ (?:to|for)\ (?:our|the|this)\b
    |(?:to\ )?unsubscribe\b|you\ (?:are\ receiving|received?)\ this|leave\ a\ (?:reply|comment)
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


def is_footer(text: str) -> bool:
    """Say whether the line is small print: copyright, cookies, subscription, last change."""
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
