"""Sign in: plain pages that need no script, because nothing of the application is sent to whoever is not signed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layouts.plain_document import plain_template

PAGE = """{% block title %}{{ title }}{% endblock %}{% block headline %}{{ headline }}{% endblock %}
{% block kind %} sign-in{% endblock %}{% block brand %}<span class="brand">Coalition dashboard</span>{% endblock %}
{% block main %}{% for sentence in sentences %}<p>{{ sentence }}</p>
{% endfor %}{% if command %}<p><code>{{ command }}</code></p>
{% endif %}{% for action in actions %}<form method="{{ action.method }}" action="{{ action.address }}">
{% for name, value in action.fields %}<input type="hidden" name="{{ name }}" value="{{ value }}">
{% endfor %}<button class="button" type="submit">{{ action.label }}</button>
</form>
{% endfor %}{% endblock %}"""


@dataclass(frozen=True)
class Action:
    """A button: where it leads, and what it takes along."""

    label: str
    address: str
    method: str = "post"
    fields: tuple[tuple[str, str], ...] = ()


def build_sign_in(css: str, *, openid: bool, next_: str) -> str:
    """Where somebody arrives who is not signed in."""
    sentences = [
        "An administrator of the coalition makes a link for you: it works once, for 15 minutes, in this browser.",
        "Links are made on the computer that serves this page:",
    ]
    actions: tuple[Action, ...] = ()
    if openid:
        sentences.insert(0, "Sign in with the account of your organisation, or with a link.")
        actions = (Action("Sign in with your organisation", "/sign-in/openid", "get", (("next", next_),)),)
    return plain_template(PAGE).render(
        css=css, title="Sign in", headline="Sign in to see the coalition's dashboard.", sentences=sentences,
        actions=actions, command="coalition people link NAME",
    )  # fmt: skip


def build_link(css: str, account: str, address: str) -> str:
    """What a one-time link opens: one button, because mail programs open links before people do."""
    sentences = ["You stay signed in for 12 hours on this browser, or until you sign out."]
    return build_plain(css, "Sign in", f"Sign in as {account}?", sentences, (Action("Sign in", address),))


def build_link_made(css: str, account: str, address: str, minutes: int) -> str:
    """The one time that a link is shown: whoever made it copies it from here."""
    sentences = [
        f"It works once, for {minutes} minutes. Whoever opens it is {account}: hand it over in person, or in a call.",
        "It is shown this once and kept nowhere. Copy it now:",
    ]
    return plain_template(PAGE).render(
        css=css, title="A link to sign in", headline=f"This link signs {account} in.", sentences=sentences,
        actions=(Action("Back to the people", "/our-coalition/people", "get"),), command=address,
    )  # fmt: skip


def build_not_done(css: str, reason: str, back: str) -> str:
    """Why nothing was changed, and the way back."""
    return build_plain(css, "Not done", "Nothing was changed.", [reason], (Action("Back", back, "get"),))


def build_refused(css: str, reason: str) -> str:
    """Why somebody was not signed in."""
    return build_plain(css, "Not signed in", "You are not signed in.", [reason], (Action("Back", "/sign-in", "get"),))


def build_plain(css: str, title: str, headline: str, sentences: Sequence[str], actions: Sequence[Action]) -> str:
    """A page of sentences and buttons that needs no script."""
    return plain_template(PAGE).render(css=css, title=title, headline=headline, sentences=sentences, actions=actions)
