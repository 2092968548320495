"""Linking is total and does not depend on the order of files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modelaudit.domain.facts import FileFacts
from modelaudit.domain.usage import Linked
from modelaudit.link.linker import link

LinkTree = Callable[[Mapping[str, str]], Linked]
ExtractTree = Callable[[Mapping[str, str]], tuple[FileFacts, ...]]

TREE = {
    "pkg/__init__.py": "from .a import *\nfrom .b import ask as query",
    "pkg/a.py": 'MODEL = "gpt-4"\nTABLE = {"fast": "gpt-4o-mini", "slow": MODEL}\n__all__ = ["MODEL", "TABLE"]',
    "pkg/b.py": "from openai import OpenAI\nfrom . import TABLE\n\ndef ask(kind, model=None):\n"
    "    return OpenAI().responses.create(model=model or TABLE[kind])",
    "use.py": 'import pkg\nfrom pkg import query\nquery("fast")\npkg.b.ask("slow", model="o1")',
    "cycle.py": "from cycle2 import X as Y\nX = Y\nclass A(B): pass\nclass B(A): model = A.model\nB().model",
    "cycle2.py": "from cycle import X as Z\nX = Z\ndef f(m): return g(m)\ndef g(m): return f(m)\nfrom openai import OpenAI\n"
    "OpenAI().responses.create(model=f(X))",
}


@settings(max_examples=25, deadline=None)
@given(st.permutations(sorted(TREE)))
def test_the_order_of_files_does_not_matter(extract_tree: ExtractTree, order: list[str]) -> None:
    facts = {file.path: file for file in extract_tree(TREE)}
    assert link([facts[path] for path in order]) == link(facts.values())


def test_cycles_end_in_a_reason(link_tree: LinkTree) -> None:
    linked = link_tree({path: TREE[path] for path in ("cycle.py", "cycle2.py")})
    assert [entry.path for entry in linked.unresolved] == ["cycle2.py"]
    assert linked.unresolved[0].why


TOTAL = {
    "huge table": "T = {" + ",".join(f'"k{number}": "gpt-4-{number}"' for number in range(5000)) + "}\nuse(model=T[key])",
    "wide calls": "def f(model):\n    use(model=model)\n" + "".join(f'f("gpt-4-{number}")\n' for number in range(3000)),
    "long chain": 'm0 = "gpt-4"\n' + "".join(f"m{number} = m{number - 1}\n" for number in range(1, 400)) + "use(model=m399)",
    "many branches": 'm = "gpt-4"\n' + "".join(f'if x{number}:\n    m = m + "-{number}"\n' for number in range(60)) + "use(model=m)",
    "functions in a ring": "".join(
        f"def f{number}(m):\n    return f{(number + 1) % 50}(m or f{(number + 7) % 50}(m))\n" for number in range(50)
    )
    + 'use(model=f0("gpt-4"))',
    "nested tables": "T = " + '{"a": ' * 60 + '"gpt-4"' + "}" * 60 + '\nuse(model=T["a"]["a"])',
    "classes in a ring": "".join(f"class C{number}(C{(number + 1) % 30}):\n    pass\n" for number in range(30)) + "use(model=C0().model)",
    "products": 'A = ["a", "b", "c", "d", "e", "f", "g", "h"]\n'
    'for x in A:\n    for y in A:\n        for z in A:\n            use(model=f"gpt-4-{x}{y}{z}")',
}


@pytest.mark.parametrize("name", TOTAL)
def test_linking_ends(link_tree: LinkTree, name: str) -> None:
    code = TOTAL[name].replace("use(", "OpenAI().responses.create(")
    linked = link_tree({"case.py": "from openai import OpenAI\n" + code})
    sites = {usage.site.site.span for usage in linked.usages if usage.site} | {entry.site.span for entry in linked.unresolved}
    assert len(sites) == 1
