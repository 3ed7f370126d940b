"""A small city whose counters open at all kinds of hours."""

from datetime import date, time

from faq.counters import Closure, ClosureId, Hours, HoursId, SectionId, Service, Span, Unusual
from faq.models import Office, OfficeId, Provenance, Status
from faq.timetable import Timetable

BEFORE = "Mo-Fr 08:30-17:15; PH off; Dec 29-Jan 03 off"
SINCE = "Mo-Fr 09:00-16:30; PH off; Dec 29-Jan 03 off"


def said_by(source: str) -> Provenance:
    return Provenance(source, "https://example.jp/", date(2026, 1, 15), None, None, Status.CONFIRMED)


def office(office_id: str, hours: str = "", note: str = "") -> Office:
    return Office(
        id=OfficeId(office_id),
        name=office_id,
        kana="",
        kind="区役所",
        ward="",
        address="",
        place=None,
        telephone="",
        telephone_of="",
        aliases=(),
        hours=hours,
        hours_note=note,
        description="",
        link="",
        provenance=said_by(f"{office_id}の一覧"),
    )


def hours(
    place: str,
    weekly: str,
    first: str = "",
    last: str = "",
    *,
    service: Service = Service.COUNTER,
    span: Span = Span.USUAL,
    last_admission: int = 0,
    note: str = "",
) -> Hours:
    """`place` is the office, or the office/section."""
    where, _, section = place.partition("/")
    return Hours(
        id=HoursId(f"{place}-{service}-{span}-{first}"),
        office=OfficeId(where),
        section=SectionId(section) if section else None,
        service=service,
        weekly=weekly,
        last_admission=last_admission,
        valid_from=date.fromisoformat(first) if first else None,
        valid_to=date.fromisoformat(last) if last else None,
        span=span,
        note=note,
        provenance=said_by(f"{place}の時間 {first}"),
    )


def closure(
    place: str,
    kind: Unusual,
    first: str,
    reason: str,
    *,
    last: str = "",
    at: str = "",
    service: Service | None = None,
) -> Closure:
    """`place` is empty for the whole city; `at` is 09:00-12:00."""
    where, _, section = place.partition("/")
    opens, _, closes = at.partition("-")
    return Closure(
        id=ClosureId(f"{place}-{kind}-{first}"),
        office=OfficeId(where) if where else None,
        section=SectionId(section) if section else None,
        service=service,
        kind=kind,
        first=date.fromisoformat(first),
        last=date.fromisoformat(last or first),
        opens=time.fromisoformat(opens) if at else None,
        closes=time.fromisoformat(closes) if at else None,
        reason=reason,
        provenance=said_by(f"{reason}のお知らせ"),
    )


OFFICES = (
    office("東", "Mo-Fr 00:00-24:00"),  # overruled by its own rows below
    office("博物館", "Tu-Su 09:00-17:00; PH 09:00-17:00; Dec 29-Jan 03 off", "入館は16時30分まで"),
    office("図書室", "Mo-Fr 10:00-18:00; Sa[1,3] 10:00-12:00"),
    office("夜間診療", "Mo-Sa 22:00-02:00; PH off"),
    office("当直", "24/7"),
    office("工場", "Mo-Sa 08:30-16:30; Jan 01-03 off"),
    office("集会所"),
    office("旧庁舎", "off"),
    office("相談所", "Mo-Fr 09:00-12:00, Mo-Fr 13:00-17:00 unknown"),
)

HOURS = (
    hours("東", BEFORE, last="2026-02-01"),
    hours("東", SINCE, "2026-02-02", note="2月2日から短くなりました"),
    hours("東", BEFORE, service=Service.TELEPHONE),
    hours(
        "東/区民",
        "Mo-Fr 08:30-19:00; Sa 09:00-12:00; PH off",
        "2027-03-15",
        "2027-04-03",
        span=Span.SEASON,
        note="引っ越しの時期は長く開けます",
    ),
    hours("東/税", "Mo-Fr 09:00-12:00,13:00-16:30; PH off; Dec 29-Jan 03 off", last_admission=30),
    hours("東/税", "", "2027-02-16", "2027-03-15", span=Span.SEASON, note="申告の時期は時間が変わります"),
    hours("分室", SINCE, "2026-02-02", "2026-12-28"),
    hours("分室", SINCE, "2027-01-12"),
    hours("出張", BEFORE, last="2026-02-01"),
    hours("プール", "Mo-Su 10:00-17:00", last="2026-07-31"),
    hours("プール", "Mo-Su 10:00-16:00", "2026-08-01"),
    hours("プール", "Mo-Su 09:00-20:00", "2026-07-15", "2026-08-31", span=Span.SEASON, note="夏休み"),
)

CLOSED, OPEN = Unusual.CLOSED, Unusual.OPEN
CLOSURES = (
    closure("", CLOSED, "2026-10-08", "防災訓練", at="13:00-15:00"),
    closure("", CLOSED, "2026-08-20", "台風"),
    closure("東/区民", OPEN, "2026-08-20", "台風のあとの証明書", at="10:00-12:00"),
    closure("東", CLOSED, "2026-07-10", "停電", last="2026-07-13"),
    closure("東", OPEN, "2026-07-12", "日曜窓口", at="10:00-12:00"),
    closure("東", OPEN, "2026-04-01", "延長窓口", at="16:30-19:00"),
    closure("東", OPEN, "2027-03-28", "日曜窓口", at="09:00-12:00"),
    closure("東", OPEN, "2026-11-23", "祝日窓口", at="09:00-12:00"),
    closure("東/税", CLOSED, "2027-03-28", "税は休み"),
    closure("東", CLOSED, "2026-06-10", "電話の点検", service=Service.TELEPHONE),
    closure("東", CLOSED, "2026-06-11", "電話の工事", at="12:00-13:00", service=Service.TELEPHONE),
    closure("博物館", CLOSED, "2027-01-12", "改修工事", last="2027-12-24"),
    closure("集会所", OPEN, "2026-12-06", "期日前投票", at="08:30-20:00"),
    closure("集会所", CLOSED, "2026-12-07", "清掃"),
    closure("夜間診療", CLOSED, "2026-12-10", "設備の点検"),
    closure("夜間診療", CLOSED, "2026-12-16", "停電", at="21:00-01:00"),
    closure("図書室", OPEN, "2026-07-31", "夜の図書室", at="20:00-01:00"),
    closure("図書室", CLOSED, "2026-11-14", "害虫の駆除", last="2026-11-15"),
    closure("夜間診療", CLOSED, "2026-12-12", "断水", at="00:30-01:00"),
    closure("旧庁舎", OPEN, "2027-06-01", "一般公開", at="10:00-15:00"),
)

TOWN = Timetable.of(OFFICES, HOURS, CLOSURES)
