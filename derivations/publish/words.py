"""The few words that templates and embeds print by themselves; they stand with all others in `derivations/words/`."""

from functools import cache

from derivations.words import languages, read_all

LANGUAGES = languages()
WORDS: dict[str, dict[str, str]] = {
    key: {language: words[key] for language, words in read_all().items()}
    for key in read_all()[LANGUAGES[0]].table("words")
}
"""By key, then by language."""


@cache
def words_in(language: str) -> dict[str, str]:
    """All words of one language, for templates."""
    return {key: by_language[language] for key, by_language in WORDS.items()}


__all__ = ["LANGUAGES", "WORDS", "words_in"]
