"""What language a text is in, among the six that Topicwire knows.

The script settles Russian, Arabic and Chinese. For Latin script the small words of English, French
and Spanish settle most texts; py3langid, limited to these three, is asked where they do not. Its
model costs a second and some memory, so it is loaded when a text first needs it, once a process.
"""

from functools import cache
from threading import Event
from typing import Protocol

from domain.text import fold, words
from domain.text.words import is_unspaced

UNKNOWN = "und"
DEFAULT = "en"
"""For Latin texts that are too short to tell."""

_CUES = {
    "en": "the of and to in for on with by from at is are was were has have been its their this "
    "that which who as an be will not new against how when workshop meeting report launches launch "
    "holds held between about",
    "fr": "le la les des du de et en pour dans sur avec par une un aux au est sont ont été son sa "
    "ses leur leurs ce cette qui que dont contre entre ne pas plus comme atelier réunion "
    "rapport nouvelle nouveau lutte traite",
    "es": "el la los las del de y en para con por una un al es son ha han sido su sus este esta "
    "que contra entre no más como sobre lo se taller reunión informe nueva nuevo lucha trata "
    "personas",
}
_SCRIPTS = ("ru", "ar", "zh")
_SURE_LEAD = 2
_SURE_CONFIDENCE = 0.5
_LONG_BODY = 25
_SENTENCE_ENDS = ".!?…。！？؟"


_ASKED = Event()
"""Whether a text needed the model of late."""


class _Model(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


def language_of(title: str, body: str) -> str:
    """Return the language of an item: what most of its reader's time goes to.

    A body of two sentences or more decides, even under a title in another language; else title and
    body together. `und` for a text without a word.
    """
    if _is_long(body):
        return detect(body)
    return detect(f"{title}\n{body}")


def title_language(title: str, lang: str) -> str:
    """Return a title's own language where it is clear, else `lang`, its item's."""
    script = _script(words(fold(title)))
    if script != "latin":
        return script or lang
    return _by_cues(words(fold(title))) or lang


def detect(text: str) -> str:
    """Return the ISO 639-1 code of a text's language; `und` for a text without a word."""
    folded = words(fold(text))
    script = _script(folded)
    if script is None:
        return UNKNOWN
    if script != "latin":
        return script
    return _by_cues(folded) or _by_model(text, folded)


def told_language(declared: str | None, title: str, body: str) -> str | None:
    """Return the language that a source declares, unless its text clearly is in another one.

    None leaves it to the classifier: where nothing is declared, or a script contradicts it. A
    language that is none of our six cannot be checked, but for its script.
    """
    if declared is None:
        return None
    folded = words(fold(f"{title}\n{body}"))
    script = _script(folded)
    if declared in _CUES:
        return (_by_cues(folded) or declared) if script == "latin" else script
    return declared if script in (None, declared) or declared not in _SCRIPTS else None


def forget_model() -> None:
    """Let go of the model's 50 MB until a text needs it again; call it after a batch of texts."""
    _model.cache_clear()


def forget_unused_model() -> None:
    """Let go of the model unless a text has needed it since the last call of this."""
    if _ASKED.is_set():
        _ASKED.clear()
    else:
        forget_model()


def _is_long(body: str) -> bool:
    found = words(body)
    sentences = sum(
        1 for word in body.split() if word.rstrip("\"'”»)").endswith(tuple(_SENTENCE_ENDS))
    )
    characters = sum(len(word) for word in found if is_unspaced(word))
    return sentences > 1 or len(found) + characters >= _LONG_BODY


def _script(folded: list[str]) -> str | None:
    """Return the language that most letters' script tells, or `latin`; None for no letters."""
    letters = {"latin": 0, "ru": 0, "ar": 0, "zh": 0}
    for word in folded:
        first = word[0]
        if not first.isalpha():
            continue
        if "\u0400" <= first <= "\u052f":
            letters["ru"] += len(word)
        elif "\u0600" <= first <= "\u06ff":
            letters["ar"] += len(word)
        elif is_unspaced(word):
            letters["zh"] += 2 * len(word)
        else:
            letters["latin"] += len(word)
    best = max(letters, key=lambda script: letters[script])
    return best if letters[best] else None


@cache
def _cues() -> dict[str, tuple[str, ...]]:
    """Return the cue words, each with the languages that it speaks for."""
    spoken: dict[str, list[str]] = {}
    for lang, cues in _CUES.items():
        for cue in words(fold(cues)):
            spoken.setdefault(cue, []).append(lang)
    return {cue: tuple(langs) for cue, langs in spoken.items()}


def _counts(folded: list[str]) -> dict[str, int]:
    """Return how many words speak for each language, in the order of `_CUES`."""
    cues = _cues()
    counts = dict.fromkeys(_CUES, 0)
    for word in folded:
        for lang in cues.get(word, ()):
            counts[lang] += 1
    return counts


def _by_cues(folded: list[str]) -> str | None:
    """Return the language whose small words lead clearly, or None."""
    counts = _counts(folded)
    first, second, _ = sorted(counts, key=lambda lang: -counts[lang])
    if counts[first] >= counts[second] + max(_SURE_LEAD, counts[second] // 2):
        return first
    return None


def _by_model(text: str, folded: list[str]) -> str:
    _ASKED.set()
    lang, confidence = _model().classify(text)
    if confidence >= _SURE_CONFIDENCE:
        return lang
    counts = _counts(folded)
    likeliest = max(counts, key=lambda known: counts[known])
    return likeliest if counts[likeliest] else DEFAULT


@cache
def _model() -> _Model:
    """Return the model cut down to what is asked of it; the whole one is let go."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    whole = LanguageIdentifier.from_model_file(MODEL_FILE)
    whole.set_languages(list(_CUES))
    model: _Model = LanguageIdentifier(
        whole.nb_ptc.copy(),
        whole.nb_pc.copy(),
        whole.nb_classes,
        whole.tk_nextmove,
        whole.tk_output,
        norm_probs=True,
        tk_row=whole.tk_row,
    )
    return model
