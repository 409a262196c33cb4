"""Names of months and weekdays in the six languages of the United Nations, as dates print them."""

_MONTHS: tuple[str, ...] = (
    "january jan|janvier janv|enero ene|январь января янв|يناير كانون_الثاني جانفي",
    "february feb|février fevrier févr fevr fév|febrero|февраль февраля февр фев|فبراير شباط فيفري",
    "march mar|mars|marzo|март марта мар|مارس آذار اذار",
    "april apr|avril avr|abril abr|апрель апреля апр|أبريل ابريل إبريل نيسان أفريل",
    "may|mai|mayo|май мая|مايو أيار ايار ماي",
    "june jun|juin|junio|июнь июня июн|يونيو يونية حزيران جوان",
    "july jul|juillet juil|julio|июль июля июл|يوليو يولية تموز جويلية يوليوز",
    "august aug|août aout|agosto ago|август августа авг|أغسطس اغسطس آب اب أوت غشت",
    (
        "september sept sep|septembre|septiembre setiembre|сентябрь сентября сент сен|"
        "سبتمبر أيلول ايلول شتنبر"
    ),
    "october oct|octobre|octubre|октябрь октября окт|أكتوبر اكتوبر تشرين_الأول تشرين_الاول",
    "november nov|novembre|noviembre|ноябрь ноября нояб ноя|نوفمبر تشرين_الثاني نونبر",
    (
        "december dec|décembre decembre déc|diciembre dic|декабрь декабря дек|"
        "ديسمبر كانون_الأول كانون_الاول دجنبر"
    ),
)

MONTHS: dict[str, int] = {
    name.replace("_", " "): number
    for number, names in enumerate(_MONTHS, start=1)
    for name in names.replace("|", " ").split()
}
"""Every printed name or abbreviation (without its dot), in small letters, with its number."""

_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday "
    "mon tues tue weds wed thurs thur thu fri sat sun "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim "
    "lunes martes miércoles miercoles jueves viernes sábado sabado domingo mié mie jue vie dom "
    "понедельник вторник среда четверг пятница суббота воскресенье среду пятницу субботу "
    "пн вт ср чт пт сб вс "
    "الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت الأحد الاحد "
    "星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 "
    "周一 周二 周三 周四 周五 周六 周日"
)

WEEKDAYS: tuple[str, ...] = tuple(_WEEKDAYS.split())
"""Printed names and abbreviations (without their dot) of weekdays, in small letters."""
