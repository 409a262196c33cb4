"""Words that no stemmer may touch: names whose stem is another word.

Snowball cuts both `Нигерия` and `Нигер` to `нигер`, `Mali` to `mal` and `AIDS` to `aid`. A name
listed here is indexed whole, and its case forms (Russian) or its forms with article, conjunction
or preposition (Arabic) are brought back to the same base. Index and query both come through here,
so they always agree. Country names are those of Unicode CLDR, folded.
"""

_LATIN = """
afganistan afghanistan albania albanie alemania algeria algerie allemagne andorra andorre
angola anguila anguilla antarctica antarctique antartida argelia argentina argentine armenia
armenie aruba australia australie austria autriche azerbaidjan azerbaijan azerbaiyan bahamas
banglades barbade barbados belgica belgique belice belize bermuda bermudas bermudes bhoutan
bhutan bielorrusia bielorussie bolivia bolivie botsuana botswana bulgaria bulgarie burundi
butan cambodge cambodia camboya canada canarias catar chequia chile chili china chine chipre
chypre colombia colombie comoras comores comoros congo croacia croatia croatie cuba curacao
curazao czechia dinamarca djibouti dominica dominique egipto egypte eritrea erythree
eslovaquia eslovenia espagne espana estonia estonie esuatini eswatini ethiopia ethiopie
etiopia fidji fiji filipinas finlande finlandia fiyi france francia gambia gambie georgia
georgie germany ghana gibraltar granada grece grecia greece grenada grenade groenlandia
guadalupe guadeloupe guatemala guinea guinee guyana haiti honduras hongrie hungary hungria
inde india indonesia indonesie irlanda irlande islande islandia italia italie italy jamaica
jamaique japan jordan jordania jordanie kazajistan kazakhstan kenia kenya kirghizstan
kirguistan kiribati kosovo kuwait laos latvia lesotho lesoto letonia lettonie liban libano
liberia libia libya libye lithuania lituania lituanie luxemburgo madagascar malaisie malasia
malaui malawi malaysia maldivas maldives mali malta malte marruecos martinica martinique
maurice mauricio mauritania mauritanie mayotte mexico mexique micronesia micronesie moldavia
moldavie moldova monaco mongolia mongolie montenegro morocco mozambique namibia namibie
netherlands nicaragua niger nigeria niue noruega norvege ouganda ouzbekistan pakistan palaos
panama philippines pologne polonia portugal qatar romania roumanie ruanda rumania rusia russia
russie rwanda samoa senegal serbia serbie seychelles singapore siria slovakia slovaquie
slovenia slovenie somalia somalie soudan sudafrica sudan suecia suede suisse suiza suriname
sweden syria syrie tadjikistan tailandia taiwan tajikistan tanzania tanzanie tayikistan
tchequie thailande togo tonga tunez tunisia tunisie turkiye turkmenistan turquia turquie
ucrania uganda ukraine uzbekistan venezuela yemen yibuti zambia zambie zimbabue zimbabwe
aids interpol europol
"""

_RUSSIAN = """
австралия австрия азербайджан албания алжир ангилья ангола андорра антарктида аргентина
армения аруба афганистан багамы бангладеш барбадос бахрейн беларусь белиз бельгия бенин
болгария боливия ботсвана бразилия бруней бурунди бутан вануату ватикан великобритания венгрия
венесуэла вьетнам габон гаити гайана гамбия гана гваделупа гватемала гвинея германия гернси
гибралтар гондурас гренада гренландия греция грузия гуам дания джерси джибути доминика египет
замбия зимбабве израиль индия индонезия иордания ирак иран ирландия исландия испания италия
йемен казахстан камбоджа камерун канада катар кения кипр киргизия кирибати китай кндр колумбия
коморы косово куба кувейт кюрасао лаос латвия лесото либерия ливан ливия литва лихтенштейн
люксембург маврикий мавритания мадагаскар майотта малави малайзия мали мальдивы мальта марокко
мартиника мексика мозамбик молдова монако монголия монтсеррат намибия науру непал нигер
нигерия нидерланды никарагуа ниуэ норвегия оман пакистан палау панама парагвай перу польша
португалия реюньон россия руанда румыния сальвадор самоа сенегал сербия сингапур сирия
словакия словения сомали судан суринам таджикистан таиланд тайвань танзания того токелау тонга
тувалу тунис туркменистан турция уганда узбекистан украина уругвай фиджи филиппины финляндия
франция хорватия черногория чехия чили швейцария швеция эквадор эритрея эсватини эстония
эфиопия ямайка япония
"""

_ARABIC = """
اثيوبيا اذربيجان ارمينيا اروبا اريتريا اسبانيا استراليا استونيا اسراييل اسواتيني افغانستان
الارجنتين الاردن الاكوادور البانيا البحرين البرازيل البرتغال التشيك الجزاير الدانمرك السلفادور
السنغال السودان السويد الصومال الصين العراق الغابون الفاتيكان الفلبين الكاميرون الكويت المانيا
المغرب المكسيك النرويج النمسا النيجر الهند اليابان اليمن اليونان انتاركتيكا اندورا اندونيسيا
انغولا انغويلا اورغواي اوزبكستان اوغندا اوكرانيا ايران ايرلندا ايسلندا ايطاليا باراغواي
باكستان بالاو بربادوس برمودا بروناي بلجيكا بلغاريا بليز بنغلاديش بنما بنين بوتان بوتسوانا
بورتوريكو بوروندي بولندا بوليفيا بيرو بيلاروس تايلاند تايوان تركمانستان تركيا تشاد تشيلي
تنزانيا توغو توفالو توكيلاو تونس تونغا جامايكا جورجيا جيبوتي جيرسي دومينيكا رواندا روسيا
رومانيا روينيون زامبيا زيمبابوي ساموا سريلانكا سلوفاكيا سلوفينيا سنغافوره سوريا سورينام سويسرا
سيراليون سيشل صربيا طاجيكستان عمان غامبيا غانا غرينادا غرينلاند غواتيمالا غوادلوب غوام غيانا
غيرنزي غينيا فانواتو فرنسا فنزويلا فنلندا فيتنام فيجي قبرص قيرغيزستان كازاخستان كرواتيا
كمبوديا كندا كوبا كوراساو كوستاريكا كوسوفو كولومبيا كيريباتي كينيا لاتفيا لاوس لبنان لوكسمبورغ
ليبيا ليبيريا ليتوانيا ليختنشتاين ليسوتو مالطا مالي ماليزيا مايوت مدغشقر ملاوي منغوليا
موريتانيا موريشيوس موزمبيق مولدوفا موناكو مونتسرات ميكرونيزيا ناميبيا ناورو نيبال نيجيريا
نيكاراغوا نيوزيلندا نيوي هايتي هندوراس هنغاريا هولندا
"""

_RUSSIAN_ENDINGS = {
    "я": ("я", "и", "е", "ю", "ей"),
    "а": ("а", "ы", "и", "е", "у", "ой"),
    "ы": ("ы", "", "ам", "ами", "ах"),
    "й": ("й", "я", "ю", "ем", "е"),
    "ь": ("ь", "я", "ю", "ем", "е", "и", "ью"),
    "": ("", "а", "у", "ом", "е"),
}
_VOWELS = "аеиоуыэюя"
_ARABIC_PREFIXES = ("و", "ب", "ل", "ف")
_ARABIC_ARTICLE = "ال"
_ARABIC_ARTICLES = ("ال", "وال", "بال", "لل", "فال", "كال")


def _russian_forms(name: str) -> list[str]:
    last = name[-1]
    if last in _RUSSIAN_ENDINGS:
        return [name[:-1] + ending for ending in _RUSSIAN_ENDINGS[last]]
    if last in _VOWELS:
        return [name]
    return [name + ending for ending in _RUSSIAN_ENDINGS[""]]


def _arabic_forms(name: str) -> list[str]:
    bare = name.removeprefix(_ARABIC_ARTICLE)
    if bare != name:
        return [name, bare, *(article + bare for article in _ARABIC_ARTICLES)]
    return [name, *(prefix + name for prefix in _ARABIC_PREFIXES)]


def _build() -> dict[str, str]:
    names = {name: name for name in f"{_LATIN} {_RUSSIAN} {_ARABIC}".split()}
    forms = {form: name for name in _RUSSIAN.split() for form in _russian_forms(name)}
    forms |= {form: name for name in _ARABIC.split() for form in _arabic_forms(name)}
    return forms | names


PROTECTED: dict[str, str] = _build()
"""Folded form → the base that is indexed in its place."""
