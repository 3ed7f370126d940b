"""The city itself: `data/city.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CallCentre:
    """Where a person answers."""

    name: str
    telephone: str
    hours: str
    """In the OpenStreetMap syntax."""
    hours_text: str
    url: str


@dataclass(frozen=True, slots=True)
class CityProfile:
    """What makes the helpdesk this city's."""

    name: str
    code: str
    wards: tuple[str, ...]
    counter_kinds: tuple[str, ...]
    """Kinds of office where procedures are done, the fullest first; community centres are not among them."""
    called: Mapping[str, tuple[str, ...]]
    """What kinds of office are called besides: 出張所 for 総合出張所; any kind may stand here."""
    url: str
    call_centre: CallCentre
    their_texts: frozenset[str]
    """Texts of the menu of another system behind the same account."""


class WrongProfile(ValueError):
    """city.toml lacks something, or it is of the wrong form."""


def read_profile(path: Path) -> CityProfile:
    """Raises WrongProfile, saying what to add."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        centre = raw["call_centre"]
        return CityProfile(
            name=str(raw["name"]),
            code=str(raw["code"]),
            wards=tuple(str(ward["name"] if isinstance(ward, dict) else ward) for ward in raw["wards"]),
            counter_kinds=tuple(str(kind) for kind in raw["counters"]["kinds"]),
            called={
                str(kind): tuple(str(name) for name in names)
                for kind, names in raw["counters"].get("called", {}).items()
            },
            url=str(raw["url"]),
            call_centre=CallCentre(
                name=str(centre["name"]),
                telephone=str(centre["telephone"]),
                hours=str(centre["hours_osm"]),
                hours_text=str(centre["hours"]),
                url=str(centre["url"]),
            ),
            their_texts=frozenset(str(text) for text in raw.get("relay", {}).get("texts", ())),
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongProfile(f"{path} is not TOML in UTF-8: {error}") from error
    except KeyError as error:
        raise WrongProfile(f"{path} lacks {error}") from error
