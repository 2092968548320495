"""What stands near a call and is written in another file: the text of a prompt, the function that is given the answer.

Only names that lead to a file of the tree count, by the imports of the file, and by those of the packages on the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from modelaudit.domain import traces
from modelaudit.domain.facts import FileFacts, Import, Site, Trace
from modelaudit.domain.record import NamedTuple
from modelaudit.link.modules import Modules
from modelaudit.link.program import Program

MOST_HOPS = 4
"""Files that hand a name on."""
_NAMED = (traces.NAMED_PROMPT, traces.CONSUMER)


class Lead(NamedTuple):
    """Where a name of a file leads: to a name of another."""

    path: str
    name: str


def leads(files: Mapping[str, FileFacts], modules: Modules) -> set[str]:
    """The files to which the surroundings of all calls lead; `modules` are all Python files of the tree, read or not."""
    found: set[str] = set()
    for path, file in files.items():
        names = {trace.text for site in file.sites for trace in site.traces if trace.kind in _NAMED}
        for name in names:
            found.update(lead.path for lead in _followed(files, modules, path, name))
    return found


def seen(program: Program, path: str, site: Site) -> Site:
    """The site with what its surroundings name in other files, and without what leads out of the tree."""
    if not any(trace.kind in _NAMED for trace in site.traces):
        return site
    left: list[Trace] = []
    texts: list[Trace] = []
    for trace in site.traces:
        lead = _last(program, path, trace.text) if trace.kind in _NAMED else None
        if lead is None:
            left += [] if trace.kind in _NAMED else [trace]
        elif trace.kind == traces.CONSUMER:
            left += _consumer(program, lead, trace)
        else:
            texts += _texts(program, lead, trace)
    if texts:
        left = [trace for trace in left if trace.kind != traces.SYSTEM_PROMPT or trace.text]
    return site._replace(traces=tuple(dict.fromkeys((*left, *texts))))


def _last(program: Program, path: str, name: str) -> Lead | None:
    """The end of the way, None when it does not leave the file."""
    found = list(_followed(program.files, program.modules, path, name))
    return found[-1] if found else None


def _followed(files: Mapping[str, FileFacts], modules: Modules, path: str, name: str) -> Iterator[Lead]:
    """Every file on the way of a name; the last one is not read yet, or holds it."""
    for _ in range(MOST_HOPS):
        head, _, rest = name.partition(".")
        entry = next((one for one in files[path].imports if one.name == head), None) if path in files else None
        lead = None if entry is None else _imported(modules, entry, path, rest)
        if lead is None or lead.path == path:
            return
        yield lead
        path, name = lead


def _imported(modules: Modules, entry: Import, path: str, rest: str) -> Lead | None:
    """`from package import module` with `module.name`, `from module import name`, `import package.module` with the whole name."""
    if entry.attribute is None:
        *folders, name = f"{entry.module}.{rest}".split(".") if entry.name == entry.module.partition(".")[0] else [entry.module, rest]
        target = modules.imported(".".join(folders), 0, path)
        return Lead(target, name) if target is not None and "." not in name else None
    if rest and "." not in rest:
        inner = modules.imported(f"{entry.module}.{entry.attribute}".lstrip("."), entry.level, path)
        if inner is not None:
            return Lead(inner, rest)
    target = modules.imported(entry.module, entry.level, path)
    return None if target is None else Lead(target, f"{entry.attribute}.{rest}" if rest else entry.attribute)


def _consumer(program: Program, lead: Lead, trace: Trace) -> list[Trace]:
    function = program.function(lead.path, lead.name) if lead.path in program.files else None
    return [] if function is None else [trace._replace(text=f"{trace.text} {lead.path}:{function.span.line}")]


def _texts(program: Program, lead: Lead, trace: Trace) -> list[Trace]:
    """The length of the prompt and the place where it is written, and whether it sets tone."""
    file = program.files.get(lead.path)
    for written in file.traces if file is not None else ():
        name, _, about = written.text.partition(" ")
        if written.kind == traces.LONG_TEXT and name == lead.name:
            text = f"{about.partition(' ')[0]} {lead.path}:{written.span.line}"
            prompt = trace._replace(kind=traces.SYSTEM_PROMPT, text=text)
            return [prompt, trace._replace(kind=traces.PERSONA, text=text)] if about.endswith(" persona") else [prompt]
    return []
