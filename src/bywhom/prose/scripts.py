"""Words of other alphabets in Latin letters, so that one search finds a word in any of them.

Transliteration here is for finding, not for showing: it need not be reversible, only the same on both sides. Systems differ (Kharkiv,
Harkiv; Yevgeny, Evgenii); `peoplenames.sounds` leads what differs together. Arabic and Hebrew are left as they are: without their vowels
no Latin spelling can be had from the letters.
"""

from __future__ import annotations

import re

# Russian, Ukrainian, Belarusian, Serbian, Macedonian and Bulgarian, after BGN/PCGN without its marks.
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "ђ": "dj", "ѓ": "g", "е": "e", "ё": "e", "є": "e", "ж": "zh", "з": "z",
    "ѕ": "dz", "и": "i", "і": "i", "ї": "i", "й": "i", "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "ќ": "k", "у": "u", "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "џ": "dz",
    "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l", "μ": "m", "ν": "n",
    "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
_ARMENIAN = {
    "ա": "a", "բ": "b", "գ": "g", "դ": "d", "ե": "e", "զ": "z", "է": "e", "ը": "e", "թ": "t", "ժ": "zh", "ի": "i", "լ": "l", "խ": "kh",
    "ծ": "ts", "կ": "k", "հ": "h", "ձ": "dz", "ղ": "gh", "ճ": "ch", "մ": "m", "յ": "y", "ն": "n", "շ": "sh", "ո": "o", "չ": "ch", "պ": "p",
    "ջ": "j", "ռ": "r", "ս": "s", "վ": "v", "տ": "t", "ր": "r", "ց": "ts", "ւ": "u", "փ": "p", "ք": "k", "օ": "o", "ֆ": "f", "և": "ev",
}  # fmt: skip
_GEORGIAN = {
    "ა": "a", "ბ": "b", "გ": "g", "დ": "d", "ე": "e", "ვ": "v", "ზ": "z", "თ": "t", "ი": "i", "კ": "k", "ლ": "l", "მ": "m", "ნ": "n",
    "ო": "o", "პ": "p", "ჟ": "zh", "რ": "r", "ს": "s", "ტ": "t", "უ": "u", "ფ": "p", "ქ": "k", "ღ": "gh", "ყ": "k", "შ": "sh", "ჩ": "ch",
    "ც": "ts", "ძ": "dz", "წ": "ts", "ჭ": "ch", "ხ": "kh", "ჯ": "j", "ჰ": "h",
}  # fmt: skip
# Latin letters that carry no accent that could be taken off.
_LATIN = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
_LETTERS = str.maketrans(_CYRILLIC | _GREEK | _ARMENIAN | _GEORGIAN | _LATIN)
_INSIDE = re.compile(r"(?<=\w)'(?=\w)")  # "Kup'yansk" is one word


def latin(folded: str) -> str:
    """A folded text (lower case, no accents) in Latin letters, as far as its letters tell a Latin spelling."""
    plain = _INSIDE.sub("", folded) if "'" in folded else folded
    return plain if plain.isascii() else plain.replace("ου", "ou").translate(_LETTERS)
