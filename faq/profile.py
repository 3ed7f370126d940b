"""The city itself: `data/city.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from faq.case_rules import CaseRules, case_rules
from faq.collaboration_rules import CollaborationRules, collaboration_rules
from faq.counters import SectionId
from faq.decision import WITH_VECTORS, Thresholds
from faq.disclosure import Disclosure, disclosure
from faq.published_years import VOICES, PublishedYear, published_years
from faq.voice_rules import VoiceRules, voice_rules


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
class Licence:
    """On what terms others may use the open data; none is claimed where the city named none."""

    name: str = ""
    """CC BY 4.0."""
    url: str = ""


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
    thresholds: Thresholds
    """How sure an answer must be."""
    with_vectors: Thresholds
    """The same with the semantic layer."""
    url: str
    call_centre: CallCentre
    their_texts: frozenset[str]
    """Texts of the menu of another system behind the same account."""
    published_years: tuple[PublishedYear, ...] = ()
    """What the city told of earlier years, in order."""
    licence: Licence = Licence()
    """Of the open data."""
    disclosure: Disclosure = field(default_factory=Disclosure)
    """What the city keeps besides, and how to see it."""
    foreign_desk: SectionId | None = None
    """The section that speaks other languages."""
    cases: CaseRules = field(default_factory=CaseRules)
    """How soon what residents hand to a section is answered."""
    voices: VoiceRules = field(default_factory=VoiceRules)
    """Who takes what residents tell the city."""
    collaborations: CollaborationRules = field(default_factory=CollaborationRules)
    """Who takes proposals to work together with the city."""
    published_voices: tuple[PublishedYear, ...] = ()
    """What the city told of voices in earlier years, in order."""
    own: frozenset[str] = frozenset()
    """Telephone and address of the city hall."""


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
            thresholds=_thresholds(raw.get("sureness", {}), Thresholds()),
            with_vectors=_thresholds(raw.get("sureness_with_vectors", {}), WITH_VECTORS),
            url=str(raw["url"]),
            call_centre=CallCentre(
                name=str(centre["name"]),
                telephone=str(centre["telephone"]),
                hours=str(centre["hours_osm"]),
                hours_text=str(centre["hours"]),
                url=str(centre["url"]),
            ),
            their_texts=frozenset(str(text) for text in raw.get("relay", {}).get("texts", ())),
            published_years=published_years(raw.get("published_years", {})),
            licence=_licence(raw.get("open_data", {})),
            disclosure=disclosure(raw.get("disclosure", {})),
            collaborations=collaboration_rules(raw.get("collaborations", {})),
            foreign_desk=SectionId(str(raw["foreign_desk"])) if "foreign_desk" in raw else None,
            cases=case_rules(raw.get("cases", {}), str(raw["counters"].get("hours_osm", ""))),
            voices=voice_rules(raw.get("voices", {})),
            published_voices=published_years(raw.get("published_voices", {}), "published_voices", VOICES),
            own=frozenset({str(raw.get("telephone", "")), str(raw.get("address", ""))} - {""}),
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongProfile(f"{path} is not TOML in UTF-8: {error}") from error
    except KeyError as error:
        raise WrongProfile(f"{path} lacks {error}") from error
    except ValueError as error:
        raise WrongProfile(f"{path}: {error}") from error


def _licence(given: Mapping[str, object]) -> Licence:
    return Licence(str(given.get("licence", "")), str(given.get("licence_url", "")))


def _thresholds(given: Mapping[str, object], usual: Thresholds) -> Thresholds:
    """The usual ones but for those that are given."""
    known = {each.name for each in fields(Thresholds)}
    for name, value in given.items():
        if name not in known:
            raise WrongProfile(f"{name} is no threshold; these are: {', '.join(sorted(known))}")
        if not isinstance(value, int | float) or not 0 <= value <= 1:
            raise WrongProfile(f"{name} = {value} is no share: write a number from 0 to 1")
    return replace(usual, **{name: float(str(value)) for name, value in given.items()})
