"""JSON."""

from modelaudit.domain.document import Document
from modelaudit.domain.facts import Notification
from modelaudit.extract.lexing.jsontext import scan
from modelaudit.extract.lexing.positions import Positions

NAME = "json"
PATTERNS = ("*.json", "*.jsonc", "*.json5", "*.code-workspace", "*.template", "OAI_CONFIG_LIST")


def parse(text: str) -> Document:
    """Reads JSON with its key paths; comments and trailing commas, which some tools allow in `.json`, are read too."""
    scanned = scan(text, Positions(text), comments=True)
    notes: tuple[Notification, ...] = ()
    if scanned.trouble:
        notes = (Notification("note", "malformed-json", f"not sound JSON: {scanned.trouble[0]}", line=scanned.trouble[1]),)
    return Document(NAME, tuple(scanned.values), tuple(scanned.comments), notes)
