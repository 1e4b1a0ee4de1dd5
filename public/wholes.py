"""What is said of a whole, a county, a state or the coalition's area; and where numbers come from."""

from __future__ import annotations

from markupsafe import Markup, escape

from dashboard.domain import State
from dashboard.figures.words import capital
from public.cell_words import count_words, long_words
from public.choosing import Chosen
from public.scene import Scene


def whole_words(scene: Scene, chosen: Chosen, id_: str) -> str:
    """A county's or state's number, or at least what its shown towns add up to; "" where nothing is known."""
    at = scene.snapshot.cell(chosen.topic, id_, chosen.period, chosen.stratum)
    name = scene.snapshot.name(id_)
    if at is not None and at.state not in (State.SUPPRESSED, State.NOT_REPORTED):
        return scene.words.say("in_place", place=name, said=long_words(scene.words, chosen.topic.indicator, at))
    least = scene.snapshot.at_least(chosen.topic, id_, chosen.period, chosen.stratum)
    if least is None:
        hidden = at is not None and at.state == State.SUPPRESSED
        return scene.words.say("in_place", place=name, said=scene.words.say("hidden")) if hidden else ""
    key = "at_least_one" if least[1] == 1 else "at_least"
    counted = count_words(scene.words, chosen.topic.indicator, least[0])
    said = scene.words.say(key, counted=counted, towns=scene.words.number(least[1]))
    return scene.words.say("in_place", place=name, said=said)


def source_words(scene: Scene, ids: set[str]) -> list[Markup]:
    """A sentence a source, by title, which leads to the publisher's own page; what has no translation is marked."""
    known = [source for source in scene.snapshot.released.sources if source.id in ids]
    template = escape(scene.words.sentences["source"])
    return [
        template.format(
            title=_linked(_told(scene, s.title), s.url), publisher=_told(scene, s.publisher),
            day=scene.words.day(s.as_of), licence=_told(scene, s.licence),
        )
        for s in sorted(known, key=lambda each: each.title)
    ]  # fmt: skip


def _told(scene: Scene, text: str) -> Markup:
    if scene.words.knows(text):
        return escape(capital(scene.words.phrase(text)))
    return Markup('<span lang="en">{}</span>').format(capital(text))


def _linked(words: Markup, url: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(url, words) if url.startswith(("https://", "http://")) else words
