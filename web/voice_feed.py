"""The published voices as an Atom feed (RFC 4287), for readers and other programs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

import flask

from store.published_voices import PublishedVoice
from web.site import site

ENTRIES: Final = 50
_ATOM: Final = "http://www.w3.org/2005/Atom"
_CITY: Final = "https://www.soumu.go.jp/denshijiti/code.html"
"""Where the codes of cities come from; an id made of it stays when the service moves to another address."""


def feed(voices: Iterable[PublishedVoice], changed_at: datetime) -> bytes:
    """`changed_at`: when one was last published or withdrawn."""
    here, url = site(), site().public_url
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": "ja"})
    _text(root, "id", _id("voices"))
    _text(root, "title", here.say("voices.feed.title", city=here.profile.name))
    _text(root, "updated", _moment(changed_at))
    for rel, endpoint in (("self", "published_voices.as_feed"), ("alternate", "published_voices.show")):
        SubElement(root, "link", {"rel": rel, "href": url + flask.url_for(endpoint)})
    _text(SubElement(root, "author"), "name", here.profile.name)
    for voice in voices:
        _entry(root, voice)
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _entry(root: Element, voice: PublishedVoice) -> None:
    shown, say = voice.shown, site().say
    entry = SubElement(root, "entry")
    _text(entry, "id", _id(f"voices/{voice.id}"))
    _text(entry, "title", shown.title)
    _text(entry, "published", _moment(voice.published_at))
    _text(entry, "updated", _moment(voice.published_at))
    address = site().public_url + flask.url_for("published_voices.one", number=voice.id)
    SubElement(entry, "link", {"rel": "alternate", "href": address})
    _text(SubElement(entry, "author"), "name", shown.section_name)
    if shown.category:
        SubElement(entry, "category", {"term": shown.category, "label": shown.category_name})
    content = say("voices.feed.content", words=shown.words, answer=shown.answer)
    _text(entry, "content", content).set("type", "text")


def _text(parent: Element, name: str, text: str) -> Element:
    made = SubElement(parent, name)
    made.text = text
    return made


def _id(of: str) -> str:
    """The same for ever, and in no other city's feed."""
    return uuid5(NAMESPACE_URL, f"{_CITY}#{site().profile.code}/{of}").urn


def _moment(at: datetime) -> str:
    return at.replace(microsecond=0).isoformat()
