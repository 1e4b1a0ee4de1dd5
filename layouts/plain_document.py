"""The document around every plain page: signing in, forms, lists of files. It needs no script."""

from __future__ import annotations

from functools import cache

from jinja2 import DictLoader, Environment, Template

DOCUMENT = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{% block title %}{% endblock %} · Coalition dashboard</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{{ css }}">
</head>
<body>
<header class="masthead"><div class="masthead-inner">\
{% block brand %}<a class="brand" href="/">Coalition dashboard</a>{% endblock %}</div></header>
{% if demonstration is defined and demonstration %}
<p class="mark"><strong>Demonstration data, not real.</strong> Real towns, invented numbers.</p>
{% endif %}<main class="page{% block kind %}{% endblock %}">
<h1 class="headline headline-large">{% block headline %}{% endblock %}</h1>
{% block main %}{% endblock %}</main>
</body>
</html>
"""
LOADER = DictLoader({"plain.html": DOCUMENT})
"""For templates that extend plain.html; `css` is the address of the style sheet."""


@cache
def plain_template(blocks: str) -> Template:
    """A template of the blocks title, headline and main (and kind, brand), which escapes all it is given."""
    return Environment(loader=LOADER, autoescape=True).from_string('{% extends "plain.html" %}' + blocks)
