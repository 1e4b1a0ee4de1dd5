"""The pictures of a page as files: a plain page with each picture's sentence and its two links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layouts.plain_document import plain_template

PAGE = """{% block title %}Pictures of a page{% endblock %}{% block headline %}{{ headline }}{% endblock %}
{% block main %}{% if rows %}<p>Each file carries its sentence, its date and its sources. SVG stays sharp at any size; \
PNG goes into any document.</p>{% endif %}
<div class="cards">{% for row in rows %}<article class="card-number">
<h2 class="card-name">{{ row.title }}</h2>
<p>{{ row.sentence }}</p>
<p>{% for form in ("svg", "png") %}<a class="download" href="{{ row.address.replace('{form}', form) }}" download>\
{{ form|upper }}<span class="visually-hidden"> of {{ row.title }}</span></a> {% endfor %}</p>
</article>
{% endfor %}</div>{% endblock %}"""


@dataclass(frozen=True)
class PictureRow:
    """One picture: what it shows, and the address of its files with `{form}` for their ending."""

    title: str
    sentence: str
    address: str


def build_pictures(css: str, rows: Sequence[PictureRow], *, demonstration: bool) -> str:
    """The whole document; `demonstration` marks it as showing invented numbers."""
    count = len(rows)
    said = "This page shows one picture" if count == 1 else f"This page shows {count} pictures"
    headline = f"{said}." if rows else "This page shows no picture: nobody reports these numbers here yet."
    return plain_template(PAGE).render(css=css, rows=rows, headline=headline, demonstration=demonstration)
