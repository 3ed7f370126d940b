"""Records about counters and consultations as staff keep them."""

from dataclasses import replace
from datetime import date, time

from hypothesis import strategies as st

from faq.counters import (
    Closure,
    ClosureId,
    Hours,
    HoursId,
    Procedure,
    ProcedureId,
    Section,
    SectionId,
    Service,
    Span,
    Unusual,
)
from faq.danger_texts import (
    OCCASIONS,
    DangerLine,
    DangerLineName,
    DangerText,
    DangerTranslation,
    LineId,
)
from faq.hearings import Hearing, HearingId, HearingState
from faq.holdings import Holdings
from faq.models import EntryId, OfficeId
from faq.neighbours import Neighbour, NeighbourId
from faq.plans import Plan, PlanId
from faq.programmes import Held, Programme, ProgrammeDay, ProgrammeId
from faq.readings import Reading
from faq.terms import (
    Ages,
    Allocation,
    Before,
    Insurance,
    Limit,
    Mode,
    Period,
    Residence,
    Sort,
    Terms,
)
from faq.topics import Topic, TopicId
from faq.translations import Translation
from faq.voice_categories import VoiceCategory, VoiceCategoryId
from faq.ways import Way, WayId
from nlp.danger import DangerKind, Severity
from nlp.language import BESIDES_JAPANESE, Language
from tests.faq.staff_files import (
    ENTRY,
    OFFICE,
    SOURCE,
    codes,
    days,
    items,
    slugs,
    sources,
    telephones,
    texts,
    urls,
)

SECTION = Section(
    SectionId("chuo-kumin"),
    OFFICE.id,
    "区民課",
    "クミンカ",
    ("市民課",),
    ("住民票", "戸籍"),
    "1階",
    "096-328-2278",
    "https://www.example.jp/s",
    SOURCE,
)
PROCEDURE = Procedure(
    ProcedureId("passport"),
    "パスポートの申請",
    ("旅券",),
    "区民課",
    ("区役所",),
    ("K001",),
    "パスポートの窓口がないためです。",
    "どの区の区役所でもできます。",
    EntryId("moving-in"),
    SOURCE,
)
HOURS = Hours(
    HoursId("chuo-kumin"),
    OFFICE.id,
    SECTION.id,
    Service.COUNTER,
    "Mo-Fr 09:00-16:30; PH off; Dec 29-Jan 03 off",
    30,
    date(2026, 2, 2),
    None,
    Span.USUAL,
    "3月中旬は時間が違うことがあります。",
    SOURCE,
)
CLOSURE = Closure(
    ClosureId("2026-12-05"),
    OFFICE.id,
    None,
    None,
    Unusual.CLOSED,
    date(2026, 12, 5),
    date(2026, 12, 6),
    time(13, 0),
    time(17, 30),
    "停電のため",
    SOURCE,
)
PROGRAMME = Programme(
    ProgrammeId("legal"),
    "法律相談",
    ("弁護士", "遺言"),
    "弁護士",
    OFFICE.id,
    "3階の相談室",
    "中央区",
    "月・水・金",
    "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    time(13, 0),
    time(16, 0),
    False,
    date(2026, 4, 1),
    date(2027, 3, 31),
    "電話で予約してください。",
    "096-334-1500",
    "弁護士に相談できます。",
    "https://www.example.jp/l",
    SOURCE,
)
PROGRAMME_DAY = ProgrammeDay(
    PROGRAMME.id,
    date(2026, 12, 7),
    Held.ON,
    time(9, 5),
    time(12, 0),
    "2階の会議室",
    "この日は午前です。",
    SOURCE,
)
TERMS = Terms(
    programme=PROGRAMME.id,
    section=SECTION.id,
    open=True,
    sort=Sort.CONSULTATION,
    modes=(Mode.IN_PERSON, Mode.TELEPHONE),
    minutes=30,
    seats=2,
    ahead=28,
    opens=Before(14, time(8, 30)),
    line_until=Before(1, time(17)),
    phone_until=Before(0, time(12)),
    line_share=6,
    residence=(Residence.LIVES, Residence.WORKS),
    ages=Ages(18, None),
    insurance=(Insurance.NATIONAL,),
    limit=Limit(1, Period.FISCAL_YEAR),
    exclusions=("裁判や調停が始まっていません", "事業についての相談ではありません"),
    asks_opposing_party=True,
    accommodations=("手話通訳",),
    allocation=Allocation.FIRST_COME,
    draw=None,
    waiting_list=True,
    note="資料をお持ちください。",
    provenance=SOURCE,
)
TRANSLATION = Translation(
    ENTRY.id,
    Language.EASY,
    "ほかの まちから ひっこして きました。なにを しますか。",
    "14日の うちに 区役所へ 行って ください。",
    SOURCE,
)
READING = Reading("神水", "くわみず", SOURCE)
NEIGHBOUR = Neighbour(
    NeighbourId("tax-office"),
    "税務署",
    ("国税",),
    ("確定申告", "相続税"),
    ("市県民税",),
    "国の税金は、税務署が受け付けています。",
    "096-000-0000",
    "平日",
    "https://www.example.jp/",
    SOURCE,
)
TOPIC = Topic(
    id=TopicId("childcare"),
    name="子育て",
    words=("育児", "保育"),
    place=20,
    easy="こどもを 育てる",
    english="Raising children",
    simplified="育儿",
    traditional="育兒",
    korean="육아",
    vietnamese="Nuôi dạy con",
    provenance=SOURCE,
)
VOICE_CATEGORY = VoiceCategory(
    id=VoiceCategoryId("roads"),
    name="道路・公園",
    words=("歩道", "街灯"),
    section=SECTION.id,
    asks_place=True,
    asks_photograph=True,
    order=10,
    easy="みち・こうえん",
    english="Roads and parks",
    simplified="道路和公园",
    traditional="道路和公園",
    korean="도로·공원",
    vietnamese="Đường và công viên",
    provenance=SOURCE,
)
PLAN = Plan(
    PlanId("parks-2026"),
    "公園計画（素案）",
    "市内の公園を、これから10年でどう直していくかの案です。",
    SECTION.id,
    "https://www.city.example.lg.jp/parks.html",
    date(2026, 6, 1),
    date(2026, 6, 30),
    time(17, 0),
    "電子メール、郵送",
    "どなたでも",
    True,
    False,
    date(2026, 9, 1),
    "",
    SOURCE,
)
HEARING = Hearing(
    id=HearingId("talk-2026-12"),
    name="市長と語る会",
    aliases=("語る会",),
    sort="市長との対話",
    state=HearingState.PLANNED,
    day=date(2026, 12, 12),
    dates="",
    starts=time(10),
    ends=time(11, 30),
    office=OFFICE.id,
    place="2階の会議室",
    ward="中央区",
    theme="公園のこれから",
    whom="市内にお住まいの方",
    programme=PROGRAMME.id,
    apply="お電話でお申し込みください。",
    apply_by=date(2026, 12, 1),
    people=14,
    report="",
    link="https://www.example.jp/t",
    provenance=SOURCE,
)
WAY = Way(
    id=WayId("ombudsman"),
    name="オンブズマン",
    aliases=("苦情の調査",),
    need="市の対応を調べてほしい",
    about="中立の立場で調べます。",
    whom="ご自分に関わる苦情がある方",
    limits="1年以内のことに限ります。",
    how="申立書を出します。",
    telephone="096-000-0001",
    link="https://www.example.jp/o",
    entry=ENTRY.id,
    place=30,
    provenance=SOURCE,
)
LINE = DangerLine(LineId("119"), "消防・救急", "119", "24時間", "", SOURCE)
DANGER_TEXTS = tuple(
    DangerText(danger, severity, "今すぐ119番に電話してください。", (LINE.id,), (), SOURCE)
    for danger, severity in OCCASIONS
)
DANGER_TRANSLATION = DangerTranslation(
    DangerKind.SEA, Severity.NOW, Language.ENGLISH, "Call 118 now.", SOURCE
)
DANGER_LINE_NAME = DangerLineName(LINE.id, Language.ENGLISH, "Fire and ambulance", "24 hours", SOURCE)
TOWN = Holdings(
    entries=[ENTRY],
    offices=[OFFICE],
    sections=[SECTION],
    procedures=[PROCEDURE],
    hours=[HOURS],
    closures=[CLOSURE],
    programmes=[PROGRAMME],
    programme_days=[PROGRAMME_DAY],
    booking_terms=[TERMS],
    translations=[TRANSLATION],
    readings=[READING],
    neighbours=[NEIGHBOUR],
    danger_lines=[LINE],
    danger_texts=DANGER_TEXTS,
    danger_translations=[DANGER_TRANSLATION],
    danger_line_names=[DANGER_LINE_NAME],
    topics=[TOPIC],
    voice_categories=[VOICE_CATEGORY],
    plans=[PLAN],
    hearings=[HEARING],
    ways=[WAY],
)
"""What the records above name is there."""

# Records with text of every nasty kind -------------------------------------------------------------

_lists = st.lists(items, max_size=3).map(tuple)
_moments = st.builds(time, st.integers(0, 23), st.integers(0, 59))
_both_times = st.tuples(_moments, _moments).filter(lambda both: both[0] < both[1])
_times = st.just((None, None)) | _both_times
_periods = st.tuples(days, days).filter(lambda both: None in both or both[0] <= both[1])
_whole_periods = st.tuples(st.dates(date(1900, 1, 1)), st.dates(date(1900, 1, 1))).map(sorted)
_weekly = st.sampled_from(["", "Mo-Fr 09:00-16:30; PH off; Dec 29-Jan 03 off", "2026 Mar 16-Apr 03: Sa off"])

sections = st.builds(
    Section,
    id=codes,
    office=codes,
    name=texts(least=1),
    kana=texts(),
    aliases=_lists,
    handles=_lists,
    floor=texts(),
    telephone=telephones,
    link=urls,
    provenance=sources,
)
procedures = st.builds(
    lambda not_at, done_at, **rest: Procedure(
        done_at=done_at, not_at=tuple(each for each in not_at if each not in done_at), **rest
    ),
    id=codes,
    name=texts(least=1),
    aliases=_lists,
    section=texts(),
    done_at=_lists,
    not_at=_lists,
    why_not=texts(),
    condition=texts(),
    faq=st.none() | codes.map(EntryId),
    provenance=sources,
)
hours = st.builds(
    lambda period, span, **rest: Hours(
        valid_from=period[0],
        valid_to=period[1],
        span=span if all(period) else Span.USUAL,
        **rest,
    ),
    id=codes,
    office=codes,
    section=st.none() | codes,
    service=st.sampled_from(Service),
    weekly=_weekly,
    last_admission=st.integers(0, 449),
    period=_periods,
    span=st.sampled_from(Span),
    note=texts(),
    provenance=sources,
)
closures = st.builds(
    lambda period, times, **rest: Closure(
        first=period[0],
        last=period[1],
        opens=times[0],
        closes=times[1],
        kind=Unusual.OPEN if times[0] else Unusual.CLOSED,
        section=None,
        **rest,
    ),
    id=codes,
    office=st.none() | codes.map(OfficeId),
    service=st.none() | st.sampled_from(Service),
    period=_whole_periods,
    times=_times,
    reason=texts(),
    provenance=sources,
)
programmes = st.builds(
    lambda period, times, **rest: Programme(
        valid_from=period[0], valid_to=period[1], starts=times[0], ends=times[1], **rest
    ),
    id=codes,
    name=texts(least=1),
    aliases=_lists,
    held_by=texts(),
    office=st.none() | codes.map(OfficeId),
    place=texts(),
    ward=texts(),
    frequency=texts(),
    recurrence=st.sampled_from(["", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=MONTHLY;BYDAY=1TH,-1TH"]),
    times=_times,
    on_holidays=st.booleans(),
    period=_periods,
    booking=texts(),
    telephone=telephones,
    description=texts(),
    link=urls,
    provenance=sources,
)
programme_days = st.builds(
    lambda times, **rest: ProgrammeDay(starts=times[0], ends=times[1], **rest),
    programme=codes.map(ProgrammeId),
    day=st.dates(date(1900, 1, 1)),
    held=st.sampled_from(Held),
    times=_times,
    place=texts(),
    note=texts(),
    provenance=sources,
)
_befores = st.none() | st.builds(Before, st.integers(0, 400), _moments)


def _several(kind: type) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.sampled_from(kind), unique=True, max_size=3).map(tuple)


_ages = st.tuples(st.integers(0, 130), st.integers(0, 130)).map(sorted).map(lambda both: Ages(*both))
_terms = st.builds(
    Terms,
    programme=codes.map(ProgrammeId),
    section=st.none() | codes.map(SectionId),
    open=st.just(False),
    sort=st.sampled_from([Sort.CONSULTATION, Sort.EVENT]),
    modes=_several(Mode),
    minutes=st.none() | st.integers(1, 1_440),
    seats=st.none() | st.integers(1, 9_999),
    ahead=st.integers(0, 400),
    opens=_befores,
    line_until=st.none(),
    phone_until=st.none(),
    line_share=st.none() | st.integers(1, 9_999),
    residence=_several(Residence),
    ages=st.none()
    | _ages
    | st.builds(Ages, st.integers(0, 130), st.none())
    | st.builds(Ages, st.none(), st.integers(0, 130)),
    insurance=_several(Insurance),
    limit=st.none() | st.builds(Limit, st.integers(1, 99), st.sampled_from(Period)),
    exclusions=_lists,
    asks_opposing_party=st.booleans(),
    accommodations=_lists,
    allocation=st.just(Allocation.FIRST_COME),
    draw=st.none(),
    waiting_list=st.booleans(),
    note=texts(),
    provenance=sources,
)
terms = _terms | st.builds(
    lambda record, until, draw: replace(
        record, opens=None, line_until=until, allocation=Allocation.LOTTERY, draw=until or draw
    ),
    _terms,
    _befores,
    st.builds(Before, st.integers(0, 400), _moments),
)
translations = st.builds(
    Translation,
    entry=slugs.map(EntryId),
    language=st.sampled_from(BESIDES_JAPANESE),
    question=texts(least=1),
    answer=texts(least=1),
    provenance=sources,
)
readings = st.builds(
    Reading,
    word=texts(least=1).filter(lambda word: len(word) <= 100),
    reading=st.text(st.sampled_from("あいうえおーゃゅょっ"), min_size=1, max_size=100),
    provenance=sources,
)
neighbours = st.builds(
    Neighbour,
    id=slugs.map(NeighbourId),
    name=texts(least=1).filter(lambda name: len(name) <= 200),
    aliases=_lists,
    deals=st.lists(items, min_size=1, max_size=3).map(tuple),
    leaves=_lists,
    does=texts(least=1).filter(lambda does: len(does) <= 300),
    telephone=telephones,
    hours=texts().filter(lambda hours: len(hours) <= 200),
    link=urls,
    provenance=sources,
)
danger_lines = st.builds(
    DangerLine,
    id=slugs.map(LineId),
    name=texts(least=1).filter(lambda name: len(name) <= 200),
    number=telephones.filter(bool),
    hours=texts().filter(lambda hours: len(hours) <= 200),
    url=urls,
    provenance=sources.filter(lambda source: bool(source.source_url)),
)
danger_texts = st.builds(
    DangerText,
    danger=st.sampled_from(DangerKind),
    severity=st.sampled_from(Severity),
    text=texts(least=1).filter(lambda text: len(text) <= 400),
    lines=st.lists(items, min_size=1, max_size=3).map(tuple),
    cannot_speak=_lists,
    provenance=sources,
)
_topic_names = texts().filter(lambda name: len(name) <= 100)
topics = st.builds(
    Topic,
    id=slugs.map(TopicId),
    name=texts(least=1).filter(lambda name: len(name) <= 100),
    words=_lists,
    place=st.integers(0, 999),
    easy=_topic_names,
    english=_topic_names,
    simplified=_topic_names,
    traditional=_topic_names,
    korean=_topic_names,
    vietnamese=_topic_names,
    provenance=sources,
)
voice_categories = st.builds(
    VoiceCategory,
    id=slugs.map(VoiceCategoryId),
    name=texts(least=1).filter(lambda name: len(name) <= 20),
    words=_lists,
    section=st.sampled_from([None, SECTION.id]),
    asks_place=st.booleans(),
    asks_photograph=st.booleans(),
    order=st.integers(0, 999),
    easy=_topic_names,
    english=_topic_names,
    simplified=_topic_names,
    traditional=_topic_names,
    korean=_topic_names,
    vietnamese=_topic_names,
    provenance=sources,
)
_plan_day = st.dates(date(1900, 1, 1))
_plan_days = st.tuples(_plan_day, _plan_day, _plan_day).map(sorted)
plans = st.builds(
    lambda dates, **rest: Plan(opens=dates[0], last=dates[1], results_on=dates[2], **rest),
    _plan_days,
    id=slugs.map(PlanId),
    name=texts(least=1).filter(lambda name: len(name) <= 200),
    summary=texts(least=1).filter(lambda text: len(text) <= 1_000),
    section=st.just(SECTION.id),
    documents=urls,
    until=st.none() | st.just(time(17, 15)),
    ways=texts().filter(lambda text: len(text) <= 500),
    whom=texts().filter(lambda text: len(text) <= 200),
    here=st.booleans(),
    asks_name=st.booleans(),
    results_at=urls,
    provenance=sources,
)


def _hearing(times, whens, dates, **rest):
    apply_by, day = whens
    said = dates or ("" if day else "平成27年8月")
    return Hearing(starts=times[0], ends=times[1], apply_by=apply_by, day=day, dates=said, **rest)


_up_to = {
    most: texts().filter(lambda text, most=most: len(text) <= most) for most in (20, 100, 200, 300, 500)
}
hearings = st.builds(
    _hearing,
    id=slugs.map(HearingId),
    name=texts(least=1).filter(lambda name: len(name) <= 200),
    aliases=_lists,
    sort=_up_to[100],
    state=st.sampled_from(HearingState),
    times=_times,
    whens=_periods,
    dates=_up_to[200],
    office=st.none() | codes,
    place=_up_to[200],
    ward=_up_to[100],
    theme=_up_to[300],
    whom=_up_to[300],
    programme=st.none() | codes,
    apply=_up_to[500],
    people=st.none() | st.integers(1, 9_999),
    report=_up_to[500],
    link=urls,
    provenance=sources,
)
ways = st.builds(
    Way,
    id=slugs.map(WayId),
    name=texts(least=1).filter(lambda name: len(name) <= 100),
    aliases=_lists,
    need=texts(least=1).filter(lambda need: len(need) <= 20),
    about=texts(least=1).filter(lambda about: len(about) <= 300),
    whom=_up_to[200],
    limits=_up_to[300],
    how=_up_to[300],
    telephone=telephones,
    link=urls,
    entry=st.none() | codes,
    place=st.integers(0, 999),
    provenance=sources,
)
danger_translations = st.builds(
    DangerTranslation,
    danger=st.sampled_from(DangerKind),
    severity=st.sampled_from(Severity),
    language=st.sampled_from(Language),
    text=texts(least=1).filter(lambda text: len(text) <= 1_000),
    provenance=sources,
)
danger_line_names = st.builds(
    DangerLineName,
    line=slugs.map(LineId),
    language=st.sampled_from(Language),
    name=texts(least=1).filter(lambda name: len(name) <= 200),
    hours=texts().filter(lambda hours: len(hours) <= 200),
    provenance=sources,
)
