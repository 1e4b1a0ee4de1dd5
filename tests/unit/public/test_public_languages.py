"""Every sentence exists in every language with the same parts; the English ones read like sixth grade."""

import re
import string
import tomllib
from pathlib import Path

import pytest

from dashboard.indicators import registry
from public.language import language

ROOT = Path(__file__).parents[3]
DECLARED = tomllib.loads((ROOT / "dashboard" / "releases" / "declared.toml").read_text("utf-8"))
PUBLISHED = [registry().indicators[row["id"]] for row in DECLARED["indicators"]]
SAMPLE = {
    "place": "Ashby", "unit": "deaths", "state": "Maine", "counted": "31 deaths", "said": "31 deaths", "day": "May 1",
    "towns": "two", "places": "two", "people": "900", "when": "2018", "county": "Essex", "area": "West",
}  # fmt: skip


def parts(template: str) -> set[str]:
    """The named parts of a template."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_both_languages_have_the_same_sentences() -> None:
    assert set(language("en").sentences) == set(language("es").sentences)


@pytest.mark.parametrize("key", language("en").sentences)
def test_a_sentence_has_the_same_parts_in_both_languages(key: str) -> None:
    assert parts(language("en").sentences[key]) == parts(language("es").sentences[key])


@pytest.mark.parametrize("indicator", PUBLISHED, ids=lambda indicator: indicator.id)
def test_every_published_indicator_is_told_in_spanish(indicator) -> None:
    below = [indicator.denominator.label] if indicator.denominator else []
    texts = [indicator.name, indicator.unit, indicator.definition, *indicator.caveats, *below]
    assert [text for text in texts if not language("es").knows(text)] == []


def test_every_unit_has_its_singular_in_both_languages() -> None:
    for code in ("en", "es"):
        words = language(code)
        units = {words.phrase(i.unit) for i in PUBLISHED if i.kind not in ("money", "proportion")}
        assert units <= set(words.singular), code


def test_every_sentence_is_used_by_a_page() -> None:
    code = "".join(p.read_text("utf-8") for p in (ROOT / "public").rglob("*") if p.suffix in (".py", ".html"))
    built = ("line_", "kind_", "status_", "service_", "instead_", "basis_", "nav_", "method_states_", "method_rate_",
             "accessibility_", "download_", "gone_", "missing_", "long_", "empty_", "failed_", "about_", "method_title",
             "targets_title", "gaps_title")  # fmt: skip
    unused = [k for k in language("en").sentences if f'"{k}"' not in code and f"'{k}'" not in code
              and not k.startswith(built)]  # fmt: skip
    assert unused == []


def syllables(word: str) -> int:
    """Syllables of an English word, by its groups of vowels; a silent e at the end is none."""
    word = word.lower()
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith("le") and groups > 1
    return max(1, groups - silent)


def grade(text: str) -> float:
    """Flesch-Kincaid grade: 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid and others, 1975)."""
    said = [s for s in re.split(r"[.!?:;]+", text) if re.search(r"[A-Za-z]", s)]
    words = re.findall(r"[A-Za-z']+", text)
    return 0.39 * len(words) / len(said) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@pytest.mark.parametrize(("text", "expected"), [
    ("The cat sat on the mat.", -1.45),  # 6 words, 6 syllables: 2.34 + 11.8 - 15.59
    ("Nobody understands complicated institutions.", 27.27),  # 4 words, 14 syllables: 1.56 + 41.3 - 15.59
])  # fmt: skip
def test_the_grade_is_the_formula(text: str, expected: float) -> None:
    assert grade(text) == pytest.approx(expected, abs=0.005)


def sentences() -> dict[str, str]:
    """English templates that are whole sentences, their parts filled in with short words."""
    told = {}
    for key, template in language("en").sentences.items():
        filled = template.format(**{name: SAMPLE.get(name, "five") for name in parts(template)})
        if len(re.findall(r"[A-Za-z']+", filled)) >= 5:
            told[key] = filled
    return told


def test_the_english_of_all_pages_reads_like_sixth_grade_or_below() -> None:
    text = " ".join(s if s.endswith((".", "?", "!")) else f"{s}." for s in sentences().values())
    assert grade(text) <= 6


def test_no_english_sentence_reads_far_above_it() -> None:
    grades = {key: round(grade(text), 1) for key, text in sentences().items()}
    names = {
        "accessibility_5",
        "line_massachusetts",
        "failed_title",
    }  # "Web Content Accessibility Guidelines" is a name
    assert {key: found for key, found in grades.items() if found > 10 and key not in names} == {}


@pytest.mark.parametrize("code", ["en", "es"])
def test_no_language_speaks_of_hotspots_addicts_or_abuse(code: str) -> None:
    text = " ".join((*language(code).sentences.values(), *language(code).phrases.values())).lower()
    for word in ("hotspot", "addict", "abuse", "junkie", "adicto", "drogadict", "abuso", "punto caliente"):
        assert word not in text, word
