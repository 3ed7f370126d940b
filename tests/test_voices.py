"""Each way to be heard, from a resident's first tap to the answer that everybody reads; nothing is told twice.

All of it is the service itself: LINE's double delivers to the webhook, the worker answers and fetches, the chores tell,
and staff send the forms of their pages.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from bot.city import LiveCity
from bot.platform.talk import UserId
from faq.counters import SectionId
from faq.hearings import HearingState
from faq.models import OfficeId
from faq.programmes import ProgrammeId
from faq.terms import Sort
from nlp.japan import today
from store import knowledge, voices
from store.cases import CaseId, State
from store.db import Database
from store.receipts import shown
from store.sight import Role
from store.tables import voices as table
from store.voices import Voice, VoiceKind
from tests.conftest import NOON
from tests.faq.place_files import HEARING as HEARING_OF_TESTS
from tests.faq.place_files import PROGRAMME
from tests.handlers.booking_town import CONSULTATION
from tests.handlers.opinions_town import NOVEMBER, open_plans
from tests.line import TARO
from tests.pictures import hidden_in, picture
from tests.walk import Resident, Walk, form_of, walking
from tests.web import casework, voicework
from tests.web.conftest import Visitor
from tests.web.test_collaborations import TOLD, do, of_hanako
from tests.web.town import TOLD as WHO
from tests.web.voicework import at, hidden

BENCH = "江津湖の東側のベンチがこわれています。電話は090-1111-2222です。"
ANSWER = "ベンチは12月中に直します。"
LAKE = (32.7903, 130.6889)
MEETING = replace(
    PROGRAMME,
    id=ProgrammeId("mayor-and-parks"),
    name="市長と公園を語る会",
    aliases=(),
    held_by="市長",
    office=OfficeId("K002"),
    recurrence="FREQ=DAILY;COUNT=1",
    valid_from=date(2026, 12, 12),
    valid_to=date(2026, 12, 12),
    starts=time(10),
    ends=time(11, 30),
)
MEETING_TERMS = replace(
    CONSULTATION,
    programme=MEETING.id,
    sort=Sort.EVENT,
    minutes=None,
    seats=20,
    residence=(),
    limit=None,
    exclusions=(),
    asks_opposing_party=False,
)
HEARING = replace(
    HEARING_OF_TESTS,
    office=MEETING.office,
    name=MEETING.name,
    programme=MEETING.id,
    apply="このトークで申し込めます。",
    people=None,
)


@pytest.fixture
def walk(database: Database, city: LiveCity) -> Iterator[Walk]:
    with walking(database, city) as walk:
        yield walk


def links(page: str, path: str) -> str:
    """The first address on the page that is such a path."""
    found = re.search(f'"({path})', page)
    assert found is not None, f"nothing leads to {path}"
    return found[1]


def newest(walk: Walk) -> Voice:
    """The voice that was told last."""
    with walk.service.database.read() as tx:
        number = tx.connection.scalar(sa.select(sa.func.max(table.c.case_id)))
        assert number is not None
        return voices.read(tx, CaseId(number))


def proposes(resident: Resident, words: str, sends: str = ">送る") -> None:
    """From the first tap to the receipt, with place and photograph."""
    resident.walks(
        [
            ("市に声を届ける", "次の方法で届けられます"),
            (">わたしの提言", "何についてのことですか"),
            (">ごみ・環境", "文章で送ってください"),
            (words, "どこのことですか"),
        ]
    )
    assert "写真があると" in resident.shares(*LAKE)
    assert "写真を受け取りました（1枚）" in resident.shows(hidden_in(picture(80, 60)))
    resident.walks(
        [
            (">次へ", "公開してもよいですか"),
            (">公開してよい", "まだ送っていません"),
            (sends, "を送りました"),
        ]
    )


def publishes(walk: Walk, voice: Voice) -> str:
    """The path of the page that everybody reads, once a second person has confirmed it."""
    number, everybody = voice.case.id, walk.visitor()
    clerk, approver = (walk.staff(role, voice.case.section) for role in (Role.STAFF, Role.APPROVER))
    clerk.send(at(number), at(number, "/publication/begin"))
    voicework.sends(clerk, number, "all")
    assert not everybody.get("/voices.csv").data.decode("utf-8-sig").strip().partition("\n")[2]
    voicework.sends(clerk, number, "ready")
    unread = voicework.sends(approver, number, "confirm", digest="0" * 64, read="on")
    assert unread.status_code == 409, "another text than they read"
    assert not everybody.get("/voices.csv").data.decode("utf-8-sig").strip().partition("\n")[2]
    read = approver.get(at(number, "/publication")).text
    done = voicework.sends(approver, number, "confirm", digest=hidden(read, "digest"), read="on")
    assert done.status_code == 303
    address = everybody.get("/voices.csv").data.decode("utf-8-sig").strip().rpartition(",")[2]
    return address.removeprefix(walk.pages.site.public_url)


def test_a_proposal_with_place_and_photograph_to_everybody(walk: Walk) -> None:
    hanako, taro = walk.resident(), walk.resident(TARO)
    proposes(hanako, BENCH)
    voice = newest(walk)
    proposes(taro, "江津湖のベンチが東側でこわれたままです。")
    alike = newest(walk)
    clerk = walk.staff(Role.STAFF, voice.case.section)
    page = casework.opened(clerk, voice.case)
    assert ("［電話番号］" in page, "090-1111-2222" in page) == (True, False)
    seen = clerk.get(links(page, r"/staff/cases/\d+/photographs/\d+")).data
    assert (seen[:2], b"SECRET" in seen) == (b"\xff\xd8", False)
    joined = casework.sends(clerk, alike.case, "/join", join_receipt=shown(voice.case.receipt))
    assert joined.status_code == 303
    joined_now = "ほかの声と、いっしょに検討しています"
    assert joined_now in taro.says("どうなった？")
    assert joined_now not in hanako.says("どうなった？")
    casework.sends(clerk, voice.case, "/take")
    casework.sends(clerk, voice.case, "/reply", reply_words=ANSWER, reply_how="line", reply_closes="y")
    walk.passes(minutes=2)
    walk.passes(hours=1)
    assert ANSWER in hanako.reads()
    path = publishes(walk, voice)
    public = walk.visitor().get(path).text
    assert (ANSWER in public, "090-1111-2222" in public) == (True, False)
    assert "江津湖の東側のベンチ" in hanako.says("寄せられた声を見る")
    walk.passes(days=1)
    for each in (hanako, taro):
        assert each.times_told(ANSWER) == 1

    hanako.walks([("わたしのデータ", "残しているもの"), (">消す", "")])
    hanako.presses("全部消す")
    walk.passes(minutes=2)
    assert ANSWER in walk.visitor().get(path).text, "it holds nothing of a person, and stays"
    clerk = walk.staff(Role.STAFF, voice.case.section)
    assert clerk.get(at(voice.case.id)).status_code == 404
    page = "/staff/voices/published"
    clerk.send(page, f"/staff{path.replace('/voices/', '/voices/published/')}/withdraw", why="asked")
    assert walk.visitor().get(path).status_code == 410


def test_a_letter_to_the_mayor_to_the_answer_by_post(walk: Walk) -> None:
    hanako = walk.resident()
    hanako.walks(
        [
            ("市に声を届ける", "次の方法で届けられます"),
            (">市長への手紙", "市長にあてて"),
            ("まちづくり", "文章で送ってください"),
            ("空き家を若い人に貸すしくみを作ってください", "公開してもよいですか"),
            (">公開しない", "まだ送っていません"),
        ]
    )
    form, visitor = hanako.opens("ページで書く"), walk.visitor()
    page = visitor.get(form).text
    assert "空き家を若い人に貸すしくみ" in page
    whom = {"name": "熊本 花子", "address": "熊本市中央区手取本町1-1"}
    typed = {"kind": "letter", "words": "空き家を若い人に貸すしくみを作ってください", "answer": "letter"}
    data = {**form_of(page), **typed, **whom}
    for _ in range(2):
        assert visitor.client.post(form, data=data).status_code == 303
    assert "もう" in hanako.presses("送る"), "what went by the form is not sent once more by the button"
    voice = newest(walk)
    assert (voice.kind, voice.case.section) == (VoiceKind.LETTER, "honcho-kocho")
    assert voice.case.id == 1, "sent twice, it is one"
    clerk = walk.staff(Role.STAFF, voice.case.section)
    assert clerk.get("/staff/cases").text.count(shown(voice.case.receipt)) == 1
    casework.sends(clerk, voice.case, "/take")
    casework.sends(clerk, voice.case, "/letter", letter_words=ANSWER, letter_closes="y")
    walk.passes(minutes=5)
    assert newest(walk).case.state is State.CLOSED
    assert hanako.times_told(ANSWER) == 0, "it was told by post"


def test_an_opinion_to_the_published_results(walk: Walk) -> None:
    open_plans(walk.service.database, replace(NOVEMBER, section=SectionId("honcho-kocho")))
    clock = walk.service.clock
    clock.now = NOVEMBER.closes_at - timedelta(minutes=10)
    hanako, taro = walk.resident(), walk.resident(TARO)
    for each, sends in ((hanako, ">送る（結果も知らせて）"), (taro, ">送る（知らせは不要）")):
        each.walks(
            [
                ("市に声を届ける", "次の方法で届けられます"),
                (">パブリックコメント", NOVEMBER.name),
                (">ここに意見を書く", "そのまま書いて送ってください"),
                ("ベンチを増やしてほしい。電話は090-1234-5678です", "まだ送っていません"),
                (sends, "ご意見を受け付けました"),
            ]
        )
    late = walk.resident(UserId("U" + "3" * 32))
    late.walks([("パブコメ", ""), (">ここに意見を書く", ""), ("遅れました。", "まだ送っていません")])
    clock.now = NOVEMBER.closes_at
    assert "締め切りました" in late.presses("送る（結果も知らせて）")
    page = f"/staff/opinions/{NOVEMBER.id}"
    clerk = walk.staff(Role.STAFF, "honcho-kocho")

    def act(who: Visitor, name: str, **fields: object) -> int:
        version = hidden(who.get(page).text, "version")
        return who.send(page, f"{page}/{name}", version=version, **fields).status_code

    assert act(clerk, "suggest") == 303
    group = re.search(r'name="group"[^>]*value="(\d+)"', clerk.get(page).text)
    assert group is not None
    told = {"label": "ベンチ", "summary": "ベンチを。", "treatment": "amended", "answer": "書き足しました。"}
    assert act(clerk, "write", group=group[1], **told) == 303
    assert act(clerk, "submit") == 303
    walk.passes(hours=16)
    assert "書き足しました。" not in walk.visitor().get(f"/plans/{NOVEMBER.id}").text
    assert act(walk.staff(Role.APPROVER, "honcho-kocho"), "publish") == 303
    walk.passes(minutes=15)
    walk.passes(days=1)
    public = walk.visitor().get(f"/plans/{NOVEMBER.id}").text
    for words in ("いただいたご意見：2件（2人）", "書き足しました。", "補足・修正"):
        assert words in public
    assert "090-1234" not in public
    assert [each.times_told("結果") - each.times_told("結果も") for each in (hanako,)] == [1]


def test_a_proposal_to_work_together_to_its_published_evaluation(walk: Walk) -> None:
    hanako = walk.resident()
    hanako.walks(
        [
            ("市に声を届ける", "次の方法で届けられます"),
            (">協働の提案", "市と一緒に取り組む"),
            (">提案を書く", "どんなことを"),
            ("花壇をみんなで育てたい", "送信するまで、市には届きません"),
        ]
    )
    form, visitor = hanako.opens("フォームを開く"), walk.visitor()
    assert "花壇をみんなで育てたい" in visitor.get(form).text
    token = visitor.token_on(form)
    for _ in range(2):
        assert visitor.client.post(form, data={"csrf_token": token, **TOLD}).status_code == 200
    (found,) = of_hanako(walk.pages)
    on = today(walk.service.clock()).isoformat()

    def steps(role: Role, stage: str, words: str) -> None:
        who = walk.staff(role, found.section)
        typed = {"step_stage": stage, "step_on": on, "step_words": words, "step_decided_by": "市長"}
        assert do(who, found, "/step", **typed).status_code == 303, stage
        walk.passes(minutes=11)
        walk.passes(minutes=11)
        assert hanako.times_told(words) == 1, stage

    walk.passes(minutes=1)
    assert hanako.times_told("提案を受け付けました") == 1
    steps(Role.STAFF, "advised", "市の花壇の計画と合わせましょう。")
    steps(Role.STAFF, "decided", "いっしょに取り組みます。")
    agreement = {
        "title": "公園の花壇づくり",
        "summary": "花壇を育てます。",
        "partner": "花の会",
        "citys_part": "苗を用意する",
        "partners_part": "世話をする",
        "begins": "2026-12-01",
        "ends": "2027-03-31",
    }
    fields = {f"agreement_{name}": each for name, each in agreement.items()}
    assert do(walk.staff(Role.STAFF, found.section), found, "/agreement", **fields).status_code == 303
    everybody = walk.visitor()
    assert "公園の花壇づくり" not in everybody.get("/collaborations").text
    steps(Role.APPROVER, "agreed", "協定を結びました。")
    assert "公園の花壇づくり" in everybody.get("/collaborations").text
    steps(Role.STAFF, "carried_out", "実施しました。")
    said = {"reached": "花壇が3つできた", "by_city": "続けたい", "by_partner": "楽しかった"}
    reached = {f"evaluation2026-{name}": words for name, words in said.items()}
    page, clerk = f"/staff/collaborations/{found.id}", walk.staff(Role.STAFF, found.section)
    opened = form_of(clerk.get(page).text, "/evaluation/2026")
    assert clerk.send(page, f"{page}/evaluation/2026", **opened, **reached).status_code == 303
    assert "花壇が3つできた" not in everybody.get("/collaborations").text
    walk.service.clock.now = datetime(2027, 3, 31, 1, tzinfo=UTC)
    approver = walk.staff(Role.APPROVER, found.section)
    assert approver.send("/staff/collaborations/years/2026").status_code == 303
    public = everybody.get("/collaborations").text
    assert ("花壇が3つできた" in public, "熊本 花子" in public) == (True, False)
    walk.passes(minutes=11)
    walk.passes(days=1)
    assert "評価の公表" in hanako.says("提案の状況")


def test_a_meeting_with_the_mayor_from_the_announcement_to_the_report(walk: Walk) -> None:
    with walk.service.database.write() as tx:
        for records in ([MEETING], [MEETING_TERMS], [HEARING]):
            knowledge.take_in(tx, records, NOON)
    walk.passes(minutes=1)
    hanako, visitor = walk.resident(), walk.visitor()
    assert HEARING.name in visitor.get("/hearings").text
    hanako.walks(
        [
            ("市に声を届ける", "次の方法で届けられます"),
            (">市長と話す会", "市長と公園を語る会"),
            (">空いている時間を見る", "12月12日"),
            ("1", "このお時間をお取りしています"),
        ]
    )
    form = hanako.opens("入力ページを開く")
    token = visitor.token_on(form)
    for _ in range(2):
        came = visitor.client.post(form, data={"csrf_token": token, **WHO})
        assert came.status_code in (200, 303), came.text
    walk.passes(minutes=1)
    assert hanako.times_told("ご予約を受け付けました") == 1
    walk.service.clock.now = datetime(2026, 12, 11, 9, 30, tzinfo=UTC)
    walk.passes(minutes=1)
    walk.service.clock.now = datetime(2026, 12, 11, 23, 30, tzinfo=UTC)
    walk.passes(minutes=1)
    walk.passes(hours=5)
    assert (
        hanako.times_told("ご予約の日が近づきました") == hanako.times_told("ご予約の時間が近づきました") == 1
    )
    clerk = walk.pages.signed_in(walk.pages.account("窓口", Role.ADMIN, personal=True))
    (booked,) = set(re.findall(r"/bookings/\d+", clerk.get("/staff/bookings?day=2026-12-12").text))
    assert clerk.send(booked, f"{booked}/kept").status_code == 303
    report = replace(HEARING, state=HearingState.HELD, people=1, report="日陰を増やすことを話し合いました。")
    with walk.service.database.write() as tx:
        knowledge.take_in(tx, [report], walk.service.clock())
    hanako.walks(
        [("市長と話す会", "いま、お知らせしている会はありません"), (">これまでの会の報告", report.report)]
    )
    assert report.report in visitor.get("/hearings").text


def test_a_voice_by_the_open_form_to_its_own_page(walk: Walk) -> None:
    visitor = walk.visitor()
    hidden_fields = form_of(visitor.get("/voices/new").text, "/voices/new")
    typed = {"kind": "proposal", "words": BENCH, "answer": "page", "may_publish": "y"}
    for _ in range(2):
        sent = visitor.send("/voices/new", **hidden_fields, **typed)
        assert sent.status_code == 303
    own, voice = sent.location.partition("?")[0], newest(walk)
    clerk = walk.staff(Role.STAFF, voice.case.section)
    assert clerk.get("/staff/cases").text.count(shown(voice.case.receipt)) == 1
    assert ANSWER not in visitor.get(own).text
    casework.sends(clerk, voice.case, "/take")
    casework.sends(clerk, voice.case, "/reply", reply_words=ANSWER, reply_how="page", reply_closes="y")
    walk.passes(minutes=2)
    assert visitor.get(own).text.count(ANSWER) == 1
    path = publishes(walk, voice)
    public = visitor.get(path).text
    assert (ANSWER in public, "090-1111-2222" in public) == (True, False)
    assert ANSWER in visitor.get("/voices.atom").text
