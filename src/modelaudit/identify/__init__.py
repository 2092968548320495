"""From text to model: which ID a text spells, on which platform, and what had to be cut off to see it.

`Identifier` is the door. The order of the work is: cut prefixes and resource names (`cutting`, `resources`), try the text and then the
text without known endings (`endings`) in the feed's lexicon (`lookup`), then other spellings of the same model (`respelling`), and last the
shape of an unknown ID (`grammar`). Nothing matches a part of a word.
"""

from modelaudit.identify.identifier import Identifier

__all__ = ["Identifier"]
