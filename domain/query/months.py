"""The names of the months in the six languages of the United Nations.

Arabic has three sets (Egypt and the Gulf, the Levant, the Maghreb). Case forms of the Russian
names are found through their stems.
"""

from collections.abc import Sequence

from domain.query.namekeys import name_key
from domain.text import fold, words

_MONTHS = (
    "january, jan, janvier, janv, enero, ene, январь, янв, يناير, كانون الثاني, جانفي, 一月",
    "february, feb, février, fév, febrero, февраль, фев, فبراير, شباط, فيفري, 二月",
    "march, mar, mars, marzo, март, مارس, آذار, 三月",
    "april, apr, avril, avr, abril, abr, апрель, апр, أبريل, إبريل, نيسان, أفريل, 四月",
    "may, mai, mayo, май, мая, мае, مايو, أيار, ماي, 五月",
    "june, jun, juin, junio, июнь, июн, يونيو, حزيران, جوان, 六月",
    "july, jul, juillet, juil, julio, июль, июл, يوليو, تموز, جويلية, 七月",
    "august, aug, août, agosto, ago, август, авг, أغسطس, آب, أوت, 八月",
    "september, sep, sept, septembre, septiembre, setiembre, сентябрь, сен, سبتمبر, أيلول, 九月",
    "october, oct, octobre, octubre, октябрь, окт, أكتوبر, تشرين الأول, 十月",
    "november, nov, novembre, noviembre, ноябрь, ноя, نوفمبر, تشرين الثاني, 十一月",
    "december, dec, décembre, déc, diciembre, dic, декабрь, дек, ديسمبر, كانون الأول, 十二月",
)

MONTH_NAMES = frozenset(fold(name).strip() for names in _MONTHS for name in names.split(","))
"""Every name of a month, folded."""

_NUMBERS = {
    name_key(words(fold(name))): number
    for number, names in enumerate(_MONTHS, 1)
    for name in names.split(",")
}


def month_at(typed: Sequence[str], at: int) -> tuple[int, int] | None:
    """Return the month (1–12) that folded words name at a place, and how many words it took."""
    for length in (2, 1):
        number = _NUMBERS.get(name_key(typed[at : at + length]))
        if number is not None:
            return number, min(length, len(typed) - at)
    return None
