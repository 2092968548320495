"""Builds the trees that speed is measured on, from published packages, unpacked and never installed or run.

    python -m benchmarks.speed.tree                 everything, in benchmarks/.work (about 6 GB with the copies)
    python -m benchmarks.speed.tree --only small    one application of 60 files, no download

Trees, each a git repository unless said otherwise:
    small      one application, 60 files
    plain      ordinary packages: what most repositories look like
    big        plain and as much again of LLM libraries: the hard case, full of model IDs
    big2 big4  two and four copies of big, for growth
    tiny       100,000 files of one line (no repository)
    extreme    huge, deep, binary and broken files (no repository)

Versions are written to `versions.json` and used again by the next build, so that figures can be compared.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

from benchmarks.speed.shapes import write_extreme, write_small, write_tiny

WORK = Path(__file__).parent.parent / ".work"

PLAIN = """
django sympy pandas scikit-learn scipy numpy sqlalchemy twisted homeassistant ansible ansible-core boto3 botocore
apache-airflow-core prefect pylint matplotlib networkx
"""
LLM = """
litellm langchain langchain-core langchain-community langchain-openai langchain-anthropic llama-index-core
llama-index-llms-openai llama-index-llms-anthropic transformers crewai crewai-tools ag2 autogen-agentchat autogen-ext dspy
haystack-ai aider-chat openai anthropic google-genai mistralai cohere semantic-kernel pydantic-ai-slim instructor browser-use
smolagents agno mem0ai ragas lm-eval inspect-ai langroid apache-airflow-providers-google
"""

_NOT_SOURCE = {".so", ".pyd", ".dll", ".dylib", ".a", ".lib", ".exe", ".o", ".pyc", ".node", ".wasm", ".gz"}
_LARGEST = 24 * 1024 * 1024


def main() -> int:
    """Builds what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--only", choices=["small", "plain", "big", "copies", "tiny", "extreme"], action="append")
    arguments = parser.parse_args()
    wanted = arguments.only or ["small", "plain", "big", "copies", "tiny", "extreme"]
    work: Path = arguments.work
    work.mkdir(parents=True, exist_ok=True)
    versions = Versions(work / "versions.json")
    for name, write in (("small", write_small), ("tiny", write_tiny), ("extreme", write_extreme)):
        if name in wanted:
            write(_emptied(work / name))
    if "small" in wanted:
        _commit(work / "small")
    for name, packages in (("plain", PLAIN.split()), ("big", [*PLAIN.split(), *LLM.split()])):
        if name in wanted:
            _unpack_all(packages, work, _emptied(work / name), versions)
            _commit(work / name)
    for copies in (2, 4) if "copies" in wanted else ():
        _copy(work / "big", _emptied(work / f"big{copies}"), copies)
    return 0


class Versions:
    """The version of each package, kept from build to build."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}

    def requirement(self, package: str) -> str:
        """What to ask the package index for."""
        return f"{package}=={self._known[package]}" if package in self._known else package

    def note(self, package: str, version: str) -> None:
        """Remembers what was got."""
        self._known[package] = version
        self._path.write_text(json.dumps(dict(sorted(self._known.items())), indent=1) + "\n")


def _unpack_all(packages: list[str], work: Path, tree: Path, versions: Versions) -> None:
    for package in packages:
        wheel = _wheel(package, work / "wheels" / package, versions)
        if wheel is None:
            print(f"no wheel of {package}: left out", file=sys.stderr)
        else:
            _unpack(wheel, tree / package.replace("-", "_"))


def _wheel(package: str, folder: Path, versions: Versions) -> Path | None:
    found = sorted(folder.glob("*.whl"))
    if not found:
        command = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:"]
        command += ["--python-version", "3.13", "--dest", str(folder), versions.requirement(package)]
        if subprocess.run(command, check=False).returncode != 0:
            return None
        found = sorted(folder.glob("*.whl"))
        versions.note(package, found[0].name.split("-")[1])
    return found[0]


def _unpack(wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            if _is_wanted(member):
                target = folder / member.filename
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(member))


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename)
    if member.is_dir() or path.is_absolute() or ".." in path.parts or ".git" in path.parts or path.name in {".gitignore", ".gitattributes"}:
        return False
    # Translations are tens of thousands of files of which one language tells as much as all.
    is_translation = "translations" in path.parts and path.name != "en.json"
    return path.suffix not in _NOT_SOURCE and ".so." not in path.name and not is_translation and member.file_size <= _LARGEST


def _copy(source: Path, target: Path, copies: int) -> None:
    for number in range(copies):
        shutil.copytree(source, target / f"part{number}", ignore=shutil.ignore_patterns(".git"))
    _commit(target)


def _emptied(folder: Path) -> Path:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def _commit(folder: Path) -> None:
    """Makes the tree a repository with everything committed, and a few ignored and untracked files."""
    (folder / ".gitignore").write_text("*.log\n/out/\n__pycache__/\n")
    day = {"GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z", "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z"}
    who = {
        f"GIT_{role}_{what}": f"bench{at}" for role in ("AUTHOR", "COMMITTER") for what, at in (("NAME", ""), ("EMAIL", "@example.invalid"))
    }
    for command in (["init", "-q", "-b", "main"], ["-c", "core.compression=0", "add", "-A"], ["commit", "-q", "-m", "tree"]):
        subprocess.run(["git", "-c", "gc.auto=0", *command], cwd=folder, env={**os.environ, **day, **who}, check=True)
    (folder / "run.log").write_text('MODEL = "gpt-4-0314"\n')
    (folder / "untracked.py").write_text('MODEL = "gpt-4-0314"\n')


if __name__ == "__main__":
    sys.exit(main())
