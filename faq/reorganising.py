"""The city's reorganisations: what names a section that is no more, and who does its work from then on."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import regex

from faq.changes import Change
from faq.counters import Closure, Hours, Procedure, Section, SectionId
from faq.holdings import Holdings
from faq.kinds import KINDS
from faq.models import FaqEntry
from faq.terms import Terms

NAMING: Final = ("faq", "procedures", "hours", "closures", "booking-terms")
"""The kinds whose records name sections."""

Record = FaqEntry | Procedure | Hours | Closure | Terms
Followed = Mapping[SectionId, Section]
"""Who does the work of each section that is over."""


def followed(sections: Sequence[Section], day: date) -> Followed:
    """The last in the chain of successors of each section that is over on the day; one without any is left out."""
    by_id = {each.id: each for each in sections}
    found = ((each.id, _last(each, by_id, day)) for each in sections if each.is_over(day))
    return {gone: last for gone, last in found if last is not None}


def _last(section: Section, by_id: Mapping[SectionId, Section], day: date) -> Section | None:
    seen = {section.id}
    while section.is_over(day):
        follows = by_id.get(section.successor) if section.successor else None
        if follows is None or follows.id in seen:
            return None
        seen.add(follows.id)
        section = follows
    return section


def moves(holdings: Holdings, day: date) -> tuple[Change, ...]:
    """The changes that let every record name who does the work on the day.

    Hours and closures move only to a section that has none of its own. A name in words moves where no section of that
    name is left and all that had it are followed by sections of one name: five wards may rename theirs together.
    """
    heirs = followed(holdings.sections, day)
    if not heirs:
        return ()
    names, telephones = _renamed(holdings.sections, heirs, day), _telephones(holdings.sections, heirs, day)
    taken = {(kind, each.section) for kind in ("hours", "closures") for each in holdings.of(kind)}
    changes = list(_remembering(holdings.sections, heirs))
    for kind in NAMING:
        for each in holdings.of(kind):
            moved = _moved(each, heirs, names, telephones)
            settled = isinstance(moved, Hours | Closure) and (kind, moved.section) in taken
            if moved != each and not settled:
                changes.append(Change(kind, KINDS[kind].name_of(each), each, moved))
    return tuple(changes)


def _moved(
    record: Record, heirs: Followed, names: Mapping[str, str], telephones: Mapping[str, str]
) -> Record:
    match record:
        case FaqEntry():
            telephone = telephones.get(record.telephone, record.telephone)
            return replace(record, section=_said(record.section, names), telephone=telephone)
        case Procedure():
            return replace(record, section=_said(record.section, names))
        case Hours() | Closure():
            heir = heirs.get(record.section) if record.section else None
            return record if heir is None else replace(record, section=heir.id, office=heir.office)
        case Terms():
            heir = heirs.get(record.section) if record.section else None
            return record if heir is None else replace(record, section=heir.id)


def _remembering(sections: Sequence[Section], heirs: Followed) -> Iterator[Change]:
    """The successors, which are found by the names of those before them too."""
    before: dict[SectionId, list[str]] = defaultdict(list)
    for each in sections:
        if heir := heirs.get(each.id):
            before[heir.id] += (each.name, *each.former)
    for each in sections:
        names = dict.fromkeys((*each.former, *before[each.id])) if each.id in before else ()
        former = tuple(name for name in names if name != each.name)
        if former and former != each.former:
            yield Change("sections", each.id, each, replace(each, former=former))


def _renamed(sections: Sequence[Section], heirs: Followed, day: date) -> Mapping[str, str]:
    by_name: dict[str, list[Section]] = defaultdict(list)
    for each in sections:
        by_name[each.name].append(each)
    found: dict[str, str] = {}
    for name, those in by_name.items():
        new = {heirs[each.id].name for each in those if each.id in heirs}
        if all(each.is_over(day) for each in those) and len(new) == 1:
            found[name] = new.pop()
    return found


def _telephones(sections: Sequence[Section], heirs: Followed, day: date) -> Mapping[str, str]:
    """Numbers that no section has any more, and those that are called instead."""
    kept = {each.telephone for each in sections if not each.is_over(day)}
    found = {
        each.telephone: heirs[each.id].telephone
        for each in sections
        if each.id in heirs and each.telephone and each.telephone not in kept
    }
    return {old: new for old, new in found.items() if new}


def _said(text: str, names: Mapping[str, str]) -> str:
    """The text with the new names, where the old ones stand as words of their own."""
    for old, new in names.items():
        alone = rf"(?<![\p{{Han}}\p{{Katakana}}ー]){regex.escape(old)}(?![\p{{Han}}\p{{Katakana}}ー])"
        text = regex.sub(alone, new.replace("\\", r"\\"), text)
    return text


def still_naming(holdings: Holdings, day: date) -> tuple[tuple[Any, Section], ...]:
    """Records that name a section that is over on the day, and that section: what nobody follows stays behind."""
    over = [each for each in holdings.sections if each.is_over(day)]
    there = {each.name for each in holdings.sections if not each.is_over(day)}
    return tuple(
        (record, section)
        for kind in NAMING
        for record in holdings.of(kind)
        for section in over
        if _names(record, section, there)
    )


def _names(record: Record, section: Section, there: set[str]) -> bool:
    if isinstance(record, FaqEntry | Procedure):
        return section.name not in there and section.name in record.section
    return record.section == section.id
