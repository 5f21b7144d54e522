"""Python's zoneinfo as the witness of instants.

Reads lines `zone TAB kind TAB hour TAB minute TAB instants`, the instants in seconds of UTC with commas
between, and works out by itself which there should be from FROM to UNTIL: each local time once, of
two the first, and where a clock change leaves it out, the first instant after the gap. Prints what is
other than expected, and how many there were.
"""
import os
import sys
from datetime import date, datetime, timedelta, timezone

os.environ["PYTHONTZPATH"] = ""
import zoneinfo  # noqa: E402

import tzdata  # noqa: E402

zoneinfo.reset_tzpath(to=())
FROM, UNTIL, RELEASE = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
if tzdata.IANA_VERSION != RELEASE:
    sys.exit(f"expected tzdata {RELEASE}, found {tzdata.IANA_VERSION}: tests/run installs it")

UTC = timezone.utc


def instant(local, zone):
    """The first instant that reads `local`, else the end of the gap that it lies in."""
    first = local.replace(tzinfo=zone, fold=0)
    seconds = int(first.timestamp())
    back = datetime.fromtimestamp(seconds, UTC).astimezone(zone).replace(tzinfo=None)
    if back == local:
        return seconds
    # In a gap fold=0 is read by the offset before it and so lies after it; fold=1 before it.
    low, high = int(local.replace(tzinfo=zone, fold=1).timestamp()), seconds
    offset = lambda at: datetime.fromtimestamp(at, UTC).astimezone(zone).utcoffset()
    before = offset(low)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if offset(middle) == before else (low, middle)
    return high


def wanted(day, kind):
    if kind == "daily":
        return True
    first_month = day.month in (1, 4, 7, 10)
    return first_month and day.day == {"quarterly": 1, "mid-quarterly": 15}[kind]


begin = datetime.fromtimestamp(FROM, UTC).date() - timedelta(days=2)
end = datetime.fromtimestamp(UNTIL, UTC).date() + timedelta(days=2)
DAYS = [begin + timedelta(days=n) for n in range((end - begin).days)]
seen, wrong = 0, 0
for line in sys.stdin:
    name, kind, hour, minute, found = line.rstrip("\n").split("\t")
    zone = zoneinfo.ZoneInfo(name)
    found = [int(text) for text in found.split(",") if text]
    expected = [
        instant(datetime(day.year, day.month, day.day, int(hour), int(minute)), zone)
        for day in DAYS
        if wanted(day, kind)
    ]
    expected = [at for at in expected if FROM < at <= UNTIL]
    seen += len(found)
    if found != expected:
        wrong += 1
        missing = sorted(set(expected) - set(found))[:3]
        extra = sorted(set(found) - set(expected))[:3]
        print(f"{name} {kind} {hour}:{minute}: missing {missing}, not expected {extra}, {len(found)} of {len(expected)}")
print(f"{seen} instants, {wrong} series wrong")
sys.exit(1 if wrong else 0)
