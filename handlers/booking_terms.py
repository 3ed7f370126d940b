"""Who may book, in plain words: told before a seat is held; on the form it is confirmed."""

from faq.terms import Ages, Limit, Mode, Terms
from handlers.booking_time import say_modes
from handlers.city import City
from handlers.turn import Fact


def facts(city: City, terms: Terms) -> tuple[Fact, ...]:
    """Labelled lines; only what the terms say."""
    lines = (
        ("booking.fact.who", _who(city, terms)),
        ("booking.fact.conditions", "\n".join(_conditions(city, terms))),
        ("booking.fact.how", _how(city, terms)),
        ("booking.fact.note", terms.note),
    )
    return tuple(Fact(city.say(key), value) for key, value in lines if value)


def _who(city: City, terms: Terms) -> str:
    """市内にお住まいか、お勤めの方。年度末（3月31日）に40歳から74歳の方."""
    ties = city.listed((city.say(f"booking.tie.{each.name.lower()}") for each in terms.residence), "choices")
    insured = city.listed(
        (city.say(f"booking.insured.{each.name.lower()}") for each in terms.insurance), "choices"
    )
    said = (
        city.say("booking.people", tie=ties) if ties else "",
        _ages(city, terms.ages) if terms.ages else "",
        city.say("booking.people", tie=insured) if insured else "",
    )
    return "\n".join(filter(None, said))


def _ages(city: City, ages: Ages) -> str:
    if ages.least is None:
        return city.say("booking.age_most", most=ages.most)
    if ages.most is None:
        return city.say("booking.age_least", least=ages.least)
    return city.say("booking.ages", least=ages.least, most=ages.most)


def _conditions(city: City, terms: Terms) -> list[str]:
    said = [city.say("booking.condition", condition=each) for each in terms.exclusions]
    if terms.limit:
        said.append(city.say("booking.condition", condition=say_limit(city, terms.limit)))
    if terms.asks_opposing_party:
        said.append(city.say("booking.condition", condition=city.say("booking.opposing_party")))
    return said


def say_limit(city: City, limit: Limit) -> str:
    """お一人、年度に1回まで."""
    return city.say(f"booking.limit.{limit.period.name.lower()}", times=limit.times)


def _how(city: City, terms: Terms) -> str:
    """How it is held where nobody need come, and what can be provided."""
    said = []
    if terms.modes and Mode.IN_PERSON not in terms.modes:
        said.append(say_modes(city, terms.modes))
    if terms.accommodations:
        said.append(city.say("booking.provided", what=city.listed(terms.accommodations)))
    return "\n".join(said)
