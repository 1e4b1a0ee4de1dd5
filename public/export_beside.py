"""What stands beside a release's plain files: the way in, the addresses of the newest release, and of those taken back.

r/latest/ leads on from every address that any release ever had to the nearest one of the newest, so that a frame that
another site copied years ago still shows something. A plain file cannot answer 410: it can say what 410 says.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from html import escape
from itertools import product
from pathlib import Path

from public import assets
from public.addresses import LANGUAGES, LATEST, PROSE, Asked, Links, parse
from public.asides import aside
from public.export import INDEX, Site, Written
from public.headers import policy
from public.language import language
from public.scene import Around
from public.settling import settle
from public.site import Moved, answer
from public.snapshot import Snapshot

LIST = "releases.json"
NOTE = """These are plain files: any web host can serve them. No page needs a program behind it.

Who may show a figure in a frame is said by the host, with a header that no file can carry. Send it with every page:

Content-Security-Policy: {policy}

and with the pages below embed/ and es/embed/ the list of allowed sites in place of 'none'. Let the host answer unknown
addresses with 404.html.

Addresses below r/NUMBER/ hold that release for good; those below r/latest/ lead to the newest. To add a later release,
run `coalition export-site` again with this folder, then copy all of it. It also takes away the numbers of releases that
were withdrawn: let the host answer 410 below their folders{withdrawn}.
"""


def held(folder: Path) -> list[int] | None:
    """Numbers of the releases in a folder of plain files; None for a folder that is none."""
    try:
        return [int(number) for number in json.loads((folder / LIST).read_text("utf-8"))["releases"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def finish(snapshot: Snapshot, site: Site, numbers: Sequence[int], withdrawn: Collection[int]) -> Written:
    """Write all that is no page of a release. `snapshot` is the newest of those in the folder that stand."""
    around = site.around(snapshot.number)
    gone = sorted(set(numbers) & set(withdrawn))
    written = sum((site.write(path, body) for path, body in assets.bodies().items()), Written())
    written += sum((_take_back(site, around, number) for number in gone), Written())
    written += _latest(site, snapshot)
    for code in LANGUAGES:
        written += _ways_in(site, around, snapshot, code)
    written += site.write("/404.html", aside(around, "missing", LANGUAGES[0]).plain.decode())
    written += site.write(f"/{LIST}", json.dumps({"releases": sorted(numbers), "withdrawn": gone}))
    listed = f" ({', '.join(f'r/{number}/' for number in gone)})" if gone else ""
    return written + site.write("/README.txt", NOTE.format(policy=policy("'none'"), withdrawn=listed))


def _take_back(site: Site, around: Around, number: int) -> Written:
    """In place of every page of a release what 410 says; its downloads are gone."""
    written = Written()
    for code, frame in product(LANGUAGES, (False, True)):
        top = site.folder / Asked(release=str(number), language=code, embed=frame).path.strip("/")
        for file in [each for each in top.rglob("*") if each.is_file()]:
            if file.name == INDEX:
                path = f"/{file.parent.relative_to(site.folder).as_posix()}/"
                written += site.write(path, aside(around, "gone", code, at=path).plain.decode())
            else:
                file.unlink()
    return written


def _latest(site: Site, snapshot: Snapshot) -> Written:
    """From every address that a release in the folder has, or an earlier one had, to the nearest of the newest."""
    files = site.folder.rglob(INDEX)
    found = {parse(f"/{file.parent.relative_to(site.folder).as_posix()}/") for file in files}
    written = Written()
    for asked in {replace(each, release=LATEST) for each in found if each and each.page not in PROSE}:
        settled = settle(snapshot, replace(asked, release=str(snapshot.number)))[0]
        written += site.write(asked.path, _leads(asked.path, settled.path, asked.language))
    return written


def _ways_in(site: Site, around: Around, snapshot: Snapshot, code: str) -> Written:
    """The first address of a language, and its pages beside the releases."""
    root = "/" if code == LANGUAGES[0] else f"/{code}/"
    written = site.write(root, _leads(root, Asked(release=str(snapshot.number), language=code).path, code))
    for page in PROSE:
        asked = Asked(page, language=code)
        made = answer(snapshot, asked, around)
        written += Written() if isinstance(made, Moved) else site.write(asked.path, made.body)
    return written


def _leads(here: str, there: str, code: str) -> str:
    """A page that leads on at once."""
    words, href = language(code), escape(Links(here, INDEX).to(there))
    return (
        f'<!doctype html><html lang="{code}"><head><meta charset="utf-8"><title>{escape(words.say("site"))}</title>'
        f'<meta http-equiv="refresh" content="0; url={href}"></head>'
        f'<body><p><a href="{href}">{escape(words.say("footer_newest"))}</a></p></body></html>'
    )
