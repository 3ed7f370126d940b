"""The year's figures of voices: the city's own where it published them, else what was counted here."""

from faq.published_years import PublishedYear
from store.voice_figures import VoiceYear
from store.voices import VoiceKind, Way
from web.voice_years import charts_of, rows


def counted(year: int, letters: int = 0, opinions: int = 0) -> VoiceYear:
    ways = {(VoiceKind.LETTER, Way.LINE): letters} if letters else {}
    return VoiceYear(year, ways, 0, 0, 0, opinions, opinions)


def test_what_the_city_published_stands_and_the_newest_is_first():
    told = PublishedYear(2025, {"letters": 9}, "市政概要")
    shown = rows([counted(2025, 3), counted(2026, 4)], [told, PublishedYear(2021, {"plans": 16}, "市政概要")])
    assert [(row.year, row.cells, row.source, row.is_running) for row in shown] == [
        (2026, (4, 0, 0, 0, 0), "", True),
        (2025, (9, None, None, None, None), "市政概要", False),
        (2021, (None, None, 16, None, None), "市政概要", False),
    ]


def test_a_chart_says_which_year_had_most_and_none_is_drawn_of_nothing():
    def tell(key: str, **values: object) -> str:
        return f"{key}:{values}" if values else key

    made = charts_of(tell, rows([counted(2025, 3), counted(2026)], []), str)
    assert [chart.name for chart in made] == ["voices"]
    assert made[0].about == "about:{'year': '2025', 'number': '3'}"
    assert [(bar.label, bar.says) for bar in made[0].bars] == [("2025", "3"), ("2026", "0")]
    assert charts_of(tell, rows([counted(2026)], []), str) == ()
