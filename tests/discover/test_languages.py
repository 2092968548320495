"""Which names hold source or settings."""

from __future__ import annotations

import pytest

from modelaudit.discover.languages import language_of, language_of_script, suffix_of


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("app.py", "python"),
        ("types.pyi", "python"),
        ("SETUP.PY", "python"),
        ("eval.ipynb", "notebook"),
        ("values.yaml", "yaml"),
        (".pre-commit-config.yml", "yaml"),
        ("settings.local.json", "json"),
        ("a.code-workspace", "json"),
        ("tuning.jsonl", "json"),
        ("pyproject.toml", "toml"),
        (".env", "env"),
        (".env.example", "env"),
        (".env-prod", "env"),
        ("prod.env", "env"),
        (".envrc", "env"),
        ("tox.ini", "ini"),
        ("application.properties", "ini"),
        ("Dockerfile", "dockerfile"),
        ("Dockerfile.gpu", "dockerfile"),
        ("api.dockerfile", "dockerfile"),
        ("Containerfile", "dockerfile"),
        ("main.tf", "hcl"),
        ("prod.tfvars", "hcl"),
        ("Makefile", "makefile"),
        ("rules.mk", "makefile"),
        ("run.sh", "shell"),
        ("README.md", "markdown"),
        ("index.ts", "typescript"),
        ("page.tsx", "typescript"),
        ("app.mjs", "javascript"),
        ("view.sql", "sql"),
        ("pom.xml", "xml"),
        ("chat.prompty", "prompt"),
        ("Modelfile", "modelfile"),
        ("OAI_CONFIG_LIST", "json"),
        ("OAI_CONFIG_LIST_sample", "json"),
        ("requirements.txt", "requirements"),
        ("logo.png", None),
        ("LICENSE", None),
        (".gitignore", None),
        (".environment", None),
        ("Dockerfiles", None),
        ("py", None),
        ("py.typed", None),
        ("", None),
    ],
)
def test_language_by_name(name: str, language: str | None) -> None:
    assert language_of(name) == language


@pytest.mark.parametrize(
    ("head", "language"),
    [
        (b"#!/usr/bin/env python3\nimport os", "python"),
        (b"#!/usr/bin/python3.12 -I\n", "python"),
        (b"#! /usr/bin/env -S FOO=1 python\n", "python"),
        (b"#!/bin/sh\n", "shell"),
        (b"#!/usr/bin/env bash", "shell"),
        (b"#!/usr/bin/env node\n", "javascript"),
        (b"#!/usr/bin/env pypy3\n", None),
        (b"#!/usr/bin/perl\n", None),
        (b"#!\n", None),
        (b"#!/usr/bin/env\n", None),
        (b"#!  \n/bin/sh", None),
        (b"\x7fELF", None),
        (b"", None),
    ],
)
def test_language_by_first_line(head: bytes, language: str | None) -> None:
    assert language_of_script(head) == language


def test_suffixes() -> None:
    assert [suffix_of(name) for name in ("a.py", "a.tar.gz", ".gitignore", "LICENSE", "a.")] == [".py", ".gz", ".gitignore", "", "."]
