"""What every page is made with: a release, a language, the address asked for and the links that lead on from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from public.addresses import Asked, Links
from public.helplines import Helpline, helplines_of
from public.language import Language
from public.snapshot import Snapshot, Topic

SMALL_TOWN = "2500"


@dataclass(frozen=True)
class Around:
    """What a page needs to know of the site: its address, its style sheet and script, the newest release's number."""

    newest: int
    address: str = ""
    assets: Mapping[str, str] = field(default_factory=dict)
    contact: str = ""
    index: str = ""
    """The name of a page's file where pages are plain files."""


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen: its words, where it leads, and whether it is chosen."""

    label: str
    href: str
    here: bool = False


@dataclass(frozen=True)
class Scene:
    """One page in the making. `instead` says which part of the address was not known, if one was not."""

    snapshot: Snapshot
    words: Language
    asked: Asked
    around: Around
    instead: str = ""

    def link(self, asked: Asked) -> str:
        """The relative link to another page."""
        return self.to(asked.path)

    def to(self, path: str) -> str:
        """The relative link to an address from the root of the site."""
        return self._links.to(path)

    @cached_property
    def _links(self) -> Links:
        return Links(self.asked.path, self.around.index)

    def page(self, page: str, *parts: str) -> str:
        """The link to a whole page of this release (out of a frame, if this one is in a frame)."""
        return self.to(self._whole + "".join(f"{word}/" for word in (page, *parts) if word))

    def here(self, page: str, *parts: str) -> str:
        """The link to a page of this release, in the frame if this one is in a frame."""
        return self.to(self._same + "".join(f"{word}/" for word in (page, *parts) if word))

    @cached_property
    def _whole(self) -> str:
        return Asked(release=self.release, language=self.asked.language).path

    @cached_property
    def _same(self) -> str:
        return Asked(release=self.release, language=self.asked.language, embed=self.asked.embed).path

    @property
    def release(self) -> str:
        """The number of this release, as addresses have it."""
        return str(self.snapshot.number)

    @property
    def site(self) -> str:
        """The name of the site: the coalition's own."""
        return str(self.snapshot.released.meta.get("title", "")) or self.words.say("site")

    @property
    def contact(self) -> str:
        """Whom to write to; "" where nobody is named."""
        return self.around.contact or str(self.snapshot.released.meta.get("contact", ""))

    @property
    def helplines(self) -> list[Helpline]:
        """Lines that people here can call."""
        return helplines_of({state.geoid for state in self.snapshot.states})

    def topic_name(self, topic: Topic) -> str:
        """The name of a topic; its basis is told where the indicator has two."""
        name = self.words.phrase(topic.indicator.name)
        key = f"basis_{topic.basis}"
        twice = sum(other.indicator.id == topic.indicator.id for other in self.snapshot.topics.values()) > 1
        return f"{name} ({self.words.say(key)})" if twice and key in self.words.sentences else name

    def group_name(self, stratum: str) -> str:
        """The words of a population group."""
        if not stratum:
            return self.words.say("everyone")
        named = (part.partition("=") for part in stratum.split(";"))
        return ", ".join(
            self.words.say("group", dimension=self.words.phrase(name), value=self.words.phrase(value.replace("_", " ")))
            for name, _, value in named
        )


def small_town(scene: Scene) -> str:
    """Towns with fewer people than this are shown with their neighbours."""
    told = str(scene.snapshot.released.meta.get("small_town", SMALL_TOWN))
    return scene.words.number(int(told if told.isdigit() else SMALL_TOWN))
