"""Reading dates as people print them, in the six languages of the United Nations."""

from domain.dates.gathering import gathering_days
from domain.dates.names import MONTHS, WEEKDAYS
from domain.dates.printed import Day, PrintedDate, find_dates, match_date, read_month
from domain.dates.resolve import fill_years, in_order, month_first

__all__ = [
    "MONTHS",
    "WEEKDAYS",
    "Day",
    "PrintedDate",
    "fill_years",
    "find_dates",
    "gathering_days",
    "in_order",
    "match_date",
    "month_first",
    "read_month",
]
