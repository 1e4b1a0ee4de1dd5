"""Pages beside the releases: gone, missing, too long, read only, nothing yet, something went wrong."""

from __future__ import annotations

from functools import partial

from public.addresses import Asked, Links
from public.helplines import checked_words, helplines
from public.language import language
from public.library import Packed, pack
from public.render import templates
from public.scene import Around

TITLES = {"method": ("method_title_405", "method_lead_405")}


def aside(around: Around, kind: str, code: str, *, at: str = "") -> Packed:
    """One of these pages in a language. Its links are from the root, or from the site's own address where pages are
    plain files, since it may stand at any address; relative where `at` tells which."""
    words = language(code)
    title, lead = TITLES.get(kind, (f"{kind}_title", f"{kind}_lead"))
    to = Links(at, around.index).to if at else partial(_from_root, around)
    start = to(Asked(language=code, release="latest").path)
    context = {
        "words": words, "t": words.say, "day": words.day, "assets": around.assets, "to": to,
        "start": start, "pages": [], "prose": [], "help_href": "", "helplines": helplines(), "other_href": "",
        "lines_checked": checked_words(helplines(), words), "number": 0,
        "made_on": "", "older": False, "plain_files": False, "notice": "", "description": "",
        "town_help": "", "oembed": "", "site": words.say("site"), "sample": "",
    }  # fmt: skip
    body = (
        templates()
        .get_template("plain.html")
        .render(**context, layout="base.html", title=words.say(title), lead=words.say(lead), onward=start)
    )
    return pack(body, "text/html")


def _from_root(around: Around, path: str) -> str:
    return f"{around.address}{path}{around.index if path.endswith('/') else ''}" if around.index else path
