"""The menus as they ship: one for each language and mode that has labels, drawn as the labels say, fit for LINE."""

import json
import tomllib
from pathlib import Path

import pytest

from bot.menu_drawing import MOST_IMAGE_BYTES, UnfitLabel, definition, picture, verbs
from nlp.language import Language
from store.rich_menus import MENUS, Menu

FOLDER = Path(__file__).parent.parent.parent / "data" / "rich_menu"
TEMPLATE = (FOLDER / "template.svg").read_text(encoding="utf-8")
LABELS = tomllib.loads((FOLDER / "labels.toml").read_text(encoding="utf-8"))
DRAWN = [menu for menu in MENUS if menu.language in LABELS]


def labels(menu: Menu) -> dict[str, str]:
    found: dict[str, str] = (
        LABELS[menu.language]["disaster_mode"] if menu.in_disaster else LABELS[menu.language]
    )
    return found


@pytest.mark.parametrize("menu", DRAWN, ids=lambda menu: menu.name)
def test_what_ships_is_what_the_labels_say(menu: Menu) -> None:
    """Where it is not: `make rich-menu`, and look at the pictures."""
    told = json.loads((FOLDER / f"{menu.name}.json").read_text(encoding="utf-8"))
    language = told["areas"][-1]["action"]["displayText"]
    assert told == definition(menu, labels(menu), language)
    assert f">{language}</text>" in TEMPLATE
    assert (FOLDER / f"{menu.name}.svg").read_text(encoding="utf-8") == picture(menu, labels(menu), TEMPLATE)
    image = (FOLDER / f"{menu.name}.png").read_bytes()
    assert len(image) <= MOST_IMAGE_BYTES
    assert [int.from_bytes(image[at : at + 4], "big") for at in (16, 20)] == [2500, 1686]


def test_a_label_is_put_on_two_lines_before_it_is_made_small() -> None:
    menu = Menu(Language.VIETNAMESE)
    long = {**dict.fromkeys(verbs(menu), "a"), "waste": "Nơi lánh nạn gần đây"}
    drawn = picture(menu, long, TEMPLATE)
    assert 'font-size="100">Nơi lánh</text>' in drawn
    assert 'font-size="100">nạn gần đây</text>' in drawn


@pytest.mark.parametrize("label", ["あ" * 12, "Donaudampfschifffahrt", "a " + "b" * 20])
def test_one_that_does_not_fit_is_refused(label: str) -> None:
    menu = Menu(Language.JAPANESE)
    with pytest.raises(UnfitLabel, match="too long"):
        picture(menu, {**dict.fromkeys(verbs(menu), "a"), "water": label, "waste": label}, TEMPLATE)
