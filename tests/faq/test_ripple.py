from faq import ripple
from faq.altered import altered, relabelled
from faq.index import prepare
from faq.models import Answerer, EntryId, LabelledQuestion, Outcome
from faq.ripple import Effect, Flip, Question
from faq.worth import Shown, Tally
from tests.faq.town import DOG, GARBAGE, SYNONYMS, TOWN, entry

KITE = entry("kite", "たこあげのできる公園", "河川敷でできます。", "凧揚げ")
WITH_KITE = TOWN.with_changed([prepare(KITE)])
LABELS = (
    Question("1", "たこあげのできる公園", {KITE.id: 2}),
    Question("2", "ごみの分け方と出し方を知りたい", {GARBAGE.id: 2}),
    Question("3", "凧揚げ", {}),
)
NOTHING = Shown(Outcome.NONE, ())


def answer(entry_id: str) -> Shown:
    return Shown(Outcome.ANSWER, (EntryId(entry_id),))


def flips(found: ripple.Ripple) -> list[tuple[str, Shown, Shown, Effect]]:
    return [(each.question.ref, each.before, each.after, each.effect) for each in found.flips]


def test_what_a_new_entry_does_to_labelled_questions() -> None:
    found = ripple.ripple(TOWN, WITH_KITE, LABELS)
    assert flips(found) == [
        ("1", NOTHING, answer("kite"), Effect.BETTER),
        ("3", NOTHING, answer("kite"), Effect.WORSE),
    ]
    assert found.before == Tally(3, 2, 1, 1, 1, 0)
    assert found.after == Tally(3, 2, 2, 2, 2, 1)
    assert found.below_floor is not None
    assert found.below_floor.misled == 1


def test_what_it_does_to_residents_questions() -> None:
    asked = [Question("7", "凧揚げ"), Question("8", "犬を飼い始めたときの手続き")]
    found = ripple.ripple(TOWN, WITH_KITE, asked)
    assert flips(found) == [("7", NOTHING, answer("kite"), Effect.NEWLY)]
    assert found.replayed == 2
    assert found.before == found.after == Tally()


def test_taking_an_entry_away_is_the_other_way_round() -> None:
    asked = [LABELS[0], Question("7", "凧揚げ")]
    found = ripple.ripple(WITH_KITE, altered(WITH_KITE, {KITE.id: None}, {}), asked)
    assert [each.effect for each in found.flips] == [Effect.WORSE, Effect.NO_LONGER]


def test_another_answer_worth_as_much() -> None:
    both = {DOG.id: 2, EntryId("dogs"): 2}
    twin = altered(TOWN, {DOG.id: None, EntryId("dogs"): entry("dogs", DOG.question, DOG.answer)}, {})
    asked = [Question("1", DOG.question, both), Question("7", DOG.question)]
    found = ripple.ripple(TOWN, twin, asked)
    assert [each.effect for each in found.flips] == [Effect.OTHER, Effect.CHANGED]
    assert found.below_floor is None


def test_the_same_knowledge_flips_nothing() -> None:
    assert ripple.ripple(TOWN, TOWN, LABELS).flips == ()


def test_synonyms_are_a_change_too() -> None:
    asked = [Question("1", "本屋さん", {EntryId("library"): 2})]
    without = altered(TOWN, {}, {"図書館": None})
    (flip,) = ripple.ripple(TOWN, without, asked).flips
    assert flip.effect is Effect.WORSE
    again = altered(without, {}, {"図書館": SYNONYMS[0]})
    assert ripple.ripple(without, again, asked).flips == (
        Flip(asked[0], flip.after, flip.before, Effect.BETTER),
    )


def test_it_can_be_done_in_pieces_and_asks_what_is_known_once(monkeypatch) -> None:
    asked: list[object] = []
    find = ripple.find
    monkeypatch.setattr(ripple, "find", lambda known, text: asked.append(known) or find(known, text))
    known: dict[int, ripple.Found] = {}
    pieces = ripple.replay(TOWN, WITH_KITE, LABELS, known)
    assert next(pieces).question == LABELS[0]
    assert asked == [TOWN, WITH_KITE]
    list(pieces)
    list(ripple.replay(TOWN, WITH_KITE, LABELS, known))
    assert (asked.count(TOWN), asked.count(WITH_KITE)) == (3, 6)


def test_what_is_known_is_of_those_words() -> None:
    """A label may get other words and keep its id."""
    known: dict[int, ripple.Found] = {}
    list(ripple.replay(TOWN, TOWN, [Question("1", "犬")], known))
    (again,) = ripple.replay(TOWN, TOWN, [Question("1", "図書館の本を借りたい")], known)
    assert again.flip is None


def test_labels_of_a_search_alone_count() -> None:
    rows = [
        LabelledQuestion("2", "ごみ", EntryId("garbage"), 2, Answerer.QUESTION),
        LabelledQuestion("2", "ごみ", EntryId("waste"), 1, Answerer.QUESTION),
        LabelledQuestion("2", "ごみ", EntryId("dog"), 0, Answerer.QUESTION),
        LabelledQuestion("1", "天気は", None, 0, Answerer.NONE),
        LabelledQuestion("3", "東区役所の電話", None, 0, Answerer.OFFICE),
    ]
    assert ripple.labelled(rows) == (
        Question("1", "天気は", {}),
        Question("2", "ごみ", {EntryId("garbage"): 2, EntryId("waste"): 1}),
    )


def test_labels_change_with_the_proposal() -> None:
    one = LabelledQuestion("1", "ごみ", EntryId("garbage"), 2, Answerer.QUESTION)
    other = LabelledQuestion("1", "ごみ", EntryId("waste"), 2, Answerer.QUESTION)
    assert relabelled([one], {("1", "garbage"): None, ("1", "waste"): other}) == [other]
