"""The nearest known word to a mistyped one, for "did you mean"."""

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, or None when none is like it at all; the same answer whatever the order of `known`."""
    matches = _matches(word, known, 1)
    return matches[0] if matches else None


def nearest_few(word: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Up to `count` known words most like `word`, best first."""
    return _matches(word, known, count)


def did_you_mean(word: str, known: Iterable[str], *, spelled: str = "{}") -> str | None:
    """Advice for a mistyped word, None when nothing is near; `spelled` puts the suggestion as the user would write it."""
    suggestion = nearest(word, known)
    return None if suggestion is None else f"did you mean {spelled.format(suggestion)}?"


def _matches(word: str, known: Iterable[str], count: int) -> tuple[str, ...]:
    from difflib import get_close_matches  # only a mistake pays for it

    folded = {_fold(name): name for name in sorted(known)}
    return tuple(folded[match] for match in get_close_matches(_fold(word), sorted(folded), n=count, cutoff=0.6))


def _fold(word: str) -> str:
    return word.lower().replace("_", "-").lstrip("-")
