"""Pages beside the releases: gone, missing, too long, read only, nothing yet, something went wrong."""

from __future__ import annotations

from public.addresses import Asked
from public.helplines import helplines
from public.language import language
from public.library import Packed, pack
from public.render import templates
from public.scene import Around

TITLES = {"method": ("method_title_405", "method_lead_405")}


def aside(around: Around, kind: str, code: str, *, here: str = "") -> Packed:
    """One of these pages in a language. Its links are from the root: it may stand at any address."""
    words = language(code)
    title, lead = TITLES.get(kind, (f"{kind}_title", f"{kind}_lead"))
    start = here or Asked(language=code, release="latest").path
    context = {
        "words": words, "t": words.say, "day": words.day, "assets": around.assets, "to": lambda path: path,
        "start": start, "pages": [], "prose": [], "help_href": "", "helplines": helplines(), "other_href": "",
        "lines_checked": words.day(min(line.checked_on for line in helplines() if line.checked_on)), "number": 0,
        "made_on": "", "older": False, "notice": "", "description": "", "town_help": "", "oembed": "",
        "site": words.say("site"), "sample": "",
    }  # fmt: skip
    body = (
        templates()
        .get_template("plain.html")
        .render(**context, layout="base.html", title=words.say(title), lead=words.say(lead), onward=start)
    )
    return pack(body, "text/html")
