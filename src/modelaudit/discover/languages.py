"""Which files are looked at, by suffix and name. Everything else is counted and passed over unread."""

from __future__ import annotations

from modelaudit.domain.pattern import late

_SUFFIXES = {
    "python": ".py .pyi .pyw",
    "notebook": ".ipynb",
    "yaml": ".yaml .yml",
    "json": ".json .jsonc .json5 .jsonl .code-workspace .template",
    "toml": ".toml",
    "env": ".env .envrc",
    "ini": ".ini .cfg .conf .properties",
    "hcl": ".tf .tfvars .hcl .bicep .bicepparam",
    "dockerfile": ".dockerfile .containerfile",
    "makefile": ".mk .just",
    "shell": ".sh .bash .zsh .ksh .fish .ps1",
    "markdown": ".md .mdx",
    "javascript": ".js .jsx .mjs .cjs",
    "typescript": ".ts .tsx .mts .cts",
    "xml": ".xml",
    "sql": ".sql",
    "prompt": ".prompt .prompty .baml",
    "modelfile": ".modelfile",
}

_NAMES = {
    "env": "env.example sample.env",
    "dockerfile": "dockerfile containerfile",
    "makefile": "makefile gnumakefile justfile procfile",
    "groovy": "jenkinsfile",
    "modelfile": "modelfile",
    "json": "oai_config_list",
    "lock": "uv.lock poetry.lock pdm.lock pipfile.lock",
}

_PREFIXES = (
    (".env", "env"),
    ("dockerfile", "dockerfile"),
    ("containerfile", "dockerfile"),
    ("oai_config_list", "json"),
)

_REQUIREMENTS = late(r"(?:^|[-_.])(?:requirements|constraints)(?:[-_.][\w.-]+)?\.txt$")
"""`requirements.txt`, `requirements-dev.txt`, `dev-requirements.txt`."""

_INTERPRETERS = (
    (b"python", "python"),
    (b"node", "javascript"),
    (b"deno", "typescript"),
    (b"bun", "typescript"),
    (b"sh", "shell"),
)

BY_SUFFIX = {suffix: language for language, suffixes in _SUFFIXES.items() for suffix in suffixes.split()}
"""Language of each suffix, lower case and with its dot."""

_BY_NAME = {name: language for language, names in _NAMES.items() for name in names.split()}


def language_of(name: str) -> str | None:
    """The language that a file's name shows, None when the name says nothing or says that the file holds neither source nor settings."""
    found = BY_SUFFIX.get(suffix_of(name))
    if found is not None:
        return found
    name = name.lower()
    if name.endswith(".txt"):
        return "requirements" if _REQUIREMENTS.search(name) else None
    found = BY_SUFFIX.get(suffix_of(name)) or _BY_NAME.get(name)
    if found is not None:
        return found
    return next((language for prefix, language in _PREFIXES if _begins(name, prefix)), None)


def language_of_script(head: bytes) -> str | None:
    """The language that the `#!` line at the start of a file names."""
    if not head.startswith(b"#!"):
        return None
    words = head[2:].split(b"\n", 1)[0].split()
    command = [word.rpartition(b"/")[2] for word in words if not word.startswith(b"-")]
    if command and command[0] == b"env":
        command = [word for word in command[1:] if b"=" not in word]
    program = command[0].rstrip(b"0123456789.") if command else b""
    return next((language for ending, language in _INTERPRETERS if program.endswith(ending)), None)


def suffix_of(name: str) -> str:
    """`.py` of `a.py`, `.gitignore` of `.gitignore`, the empty string of `LICENSE`."""
    dot = name.rfind(".")
    return name[dot:] if dot >= 0 else ""


def _begins(name: str, prefix: str) -> bool:
    """`Dockerfile.prod` and `.env-local` begin with their prefix as a word, `.environment` and `dockerfiles` do not."""
    return name.startswith(prefix) and (len(name) == len(prefix) or not name[len(prefix)].isalnum())
