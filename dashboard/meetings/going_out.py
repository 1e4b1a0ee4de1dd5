"""What of the memory may become public: whose words were looked at, and which numbers no text may carry."""

from __future__ import annotations

import re
import unicodedata

from dashboard.errors import InvalidQuery
from dashboard.meetings.entries import Conduct, Request
from dashboard.meetings.plain_text import in_one_line

LANGUAGES = {"en": "English", "es": "Spanish", "pt": "Portuguese", "ht": "Haitian Creole", "zh": "Chinese",
             "vi": "Vietnamese", "km": "Khmer", "ru": "Russian", "ar": "Arabic"}  # fmt: skip
"""Languages in which something may be written down, by the code that a screen reader takes."""
_WORDS = ("zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
          "eighteen nineteen twenty thirty forty fifty hundred dozen cero dos tres cuatro cinco seis siete ocho nueve "
          "diez once doce trece catorce quince veinte treinta cuarenta cincuenta cien docena")  # fmt: skip
_PEOPLE = ("people persons person residents resident neighbors neighbours women woman men man children child kids "
           "mothers fathers clients client patients patient survivors survivor families family users cases case "
           "deaths death dead died overdoses overdose overdosed fatalities fatality victims visits "
           "personas persona residentes residente vecinos vecinas vecino vecina mujeres mujer hombres hombre niños "
           "niñas clientes pacientes paciente sobrevivientes familias familia casos caso muertes muerte muertos "
           "muertas murieron murió sobredosis fallecidos fallecieron falleció")  # fmt: skip
_NUMBER = re.compile(rf"\d[\d.,]*|\b(?:{'|'.join(_WORDS.split())})\b", re.IGNORECASE)
_BETWEEN = r"(?:[^\w.!?;]+\w+){0,2}?[^\w.!?;]+"
_HOURS = re.compile(r"\b\d{1,2}(?::\d\d)?\s?[ap]\.?m\b\.?|\b24/7\b", re.IGNORECASE)
_NOUN = rf"(?:{'|'.join(_PEOPLE.split())})\b"
_COUNT = re.compile(
    rf"(?:(?:{_NUMBER.pattern}){_BETWEEN}|\bone\W+){_NOUN}|\b{_NOUN}\s?[:(=]\s?(?:{_NUMBER.pattern})", re.IGNORECASE
)


def counts_told(text: str) -> tuple[str, ...]:
    """Where a text counts people or what happened to them, in figures or words, English or Spanish."""
    return tuple(found.group().strip() for found in _COUNT.finditer(_HOURS.sub("", _letters(text))))


def numbers_told(text: str) -> tuple[str, ...]:
    """Every number in a text: whoever approves it looks at each."""
    return tuple(found.group().rstrip(".,") for found in _NUMBER.finditer(_letters(text)))


def check_public(entry: Request | Conduct) -> None:
    """Refuse what may not become public: InvalidQuery says what is missing or which words to change.

    Numbers about people go out as protected cells of a release; a text would carry them past that protection.
    """
    if isinstance(entry, Request) and not entry.answer.strip():
        raise InvalidQuery("A request becomes public with its answer: answer it first.")
    told = counts_told(f"{entry.text}\n\n{getattr(entry, 'answer', '')}")
    if told:
        raise InvalidQuery(
            f"The text counts people or what happened to them: “{'”, “'.join(told[:3])}”. A count becomes public in "
            "the protected tables of a release alone. Say it without the number."
        )


def _letters(text: str) -> str:
    """A text as it is read: without markup, unseen letters, and other forms of the figures 0 to 9."""
    seen = (letter for letter in in_one_line(text) if unicodedata.category(letter) not in ("Cf", "Mn"))
    return unicodedata.normalize("NFKC", "".join(seen))
