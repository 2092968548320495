"""Members of enums are a catalog, however far down the line the enum stands."""

from modelaudit.domain.facts import Role
from modelaudit.extract.python.literals import LiteralFinder
from modelaudit.extract.python.module import parse
from modelaudit.extract.python.source import Source

TEXT = '''
from enum import Enum

class ModelName(str, Enum):
    """Names."""

class Chat(ModelName):
    GPT4 = "gpt-4"

class Settings:
    model = "gpt-4"
'''


class Words:
    def is_candidate(self, text: str) -> bool:
        return text == "gpt-4"

    def is_weak(self, text: str) -> bool:
        return False

    def tokens(self, text: str) -> tuple[tuple[int, int], ...]:
        return ()


def test_a_class_built_on_an_enum_of_the_file_is_an_enum() -> None:
    found = LiteralFinder(Source(TEXT), Words(), frozenset()).run(parse(TEXT))
    assert [(literal.span.line, literal.role) for literal in found] == [(8, Role.CATALOG), (11, Role.BINDING)]
