"""Which files of a tree are looked at, with git and without."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modelaudit.discover import git
from modelaudit.discover.read import read
from modelaudit.discover.tree import ABSENT, EXCLUDED, GENERATED, LINK, NOT_SOURCE
from modelaudit.discover.walk import Tree, WalkOptions, discover
from modelaudit.domain.errors import InputError
from modelaudit.domain.report import Skipped

OPTIONS = WalkOptions()
posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX files")


def write(folder: Path, *names: str, text: str = "x = 1\n") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def init(folder: Path, *tracked: str) -> None:
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    if tracked:
        subprocess.run(["git", "-C", str(folder), "add", "-f", *tracked], check=True)


def names(tree: Tree) -> list[str]:
    return [file.path for file in tree.files]


@pytest.fixture(params=["git", "walk"])
def project(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, under git and not; the current folder."""
    folder = tmp_path / "project"
    folder.mkdir()
    if request.param == "git":
        init(folder)
    monkeypatch.chdir(folder)
    return folder


class TestEitherWay:
    def test_source_and_config_files_are_found_in_order(self, project: Path) -> None:
        write(project, "b.py", "a/z.yaml", "a.py", "a/b/c.toml", "Dockerfile", ".env", "logo.png", "notes.txt", "data.PNG")
        tree = discover((), OPTIONS)
        assert names(tree) == [".env", "Dockerfile", "a.py", "a/b/c.toml", "a/z.yaml", "b.py"]
        assert tree.root == str(project)
        assert tree.skipped == (Skipped("*.png", NOT_SOURCE, 2), Skipped("*.txt", NOT_SOURCE, 1))
        assert tree.notifications == ()
        assert [read(file.full) for file in tree.files] == [b"x = 1\n"] * 6

    def test_scripts_without_a_suffix_are_known_by_their_first_line(self, project: Path) -> None:
        write(project, "bin/run", text="#!/usr/bin/env python3\n")
        write(project, "bin/data", "LICENSE", text="no script\n")
        tree = discover((), OPTIONS)
        assert names(tree) == ["bin/run"]
        assert tree.skipped == (Skipped("*", NOT_SOURCE, 2),)

    def test_ignore_files_nest_and_negate(self, project: Path) -> None:
        write(
            project, "a.py", "a.log.py", "sub/b.log.py", "sub/keep.log.py", "out/x.py", "sub/out/y.py", "sub/gen/z.py", "sub/gen/deep/z.py"
        )
        (project / ".gitignore").write_text("*.log.py\n/out/\n# comment\n\n")
        (project / "sub" / ".gitignore").write_text("!keep.log.py\ngen/*\n!gen/deep\n")
        assert names(discover((), OPTIONS)) == ["a.py", "sub/gen/deep/z.py", "sub/keep.log.py", "sub/out/y.py"]

    def test_a_line_that_cannot_be_read_does_not_hide_the_others(self, project: Path) -> None:
        write(project, "a.py", "b.py")
        (project / ".gitignore").write_text("[z-a]\n!\nb.py\n\\\n")
        assert names(discover((), OPTIONS)) == ["a.py"]

    def test_ignore_files_can_be_disrespected(self, project: Path) -> None:
        write(project, "a.py", "b.py", "node_modules/c.js")
        (project / ".gitignore").write_text("b.py\n")
        assert names(discover((), OPTIONS._replace(respect_gitignore=False))) == ["a.py", "b.py"]

    def test_generated_and_vendored_trees_are_counted(self, project: Path) -> None:
        write(
            project,
            "src/a.py",
            "web/node_modules/x/i.js",
            "dist/a.py",
            "x.min.js",
            "package-lock.json",
            ".venv/lib/python3.12/site-packages/y.py",
        )
        tree = discover((), OPTIONS)
        assert names(tree) == ["src/a.py"]
        assert {skipped.path for skipped in tree.skipped if skipped.why == GENERATED} == {
            ".venv/",
            "dist/",
            "package-lock.json",
            "web/node_modules/",
            "x.min.js",
        }

    def test_exclude_replaces_the_defaults_and_extend_exclude_adds(self, project: Path) -> None:
        write(project, "a.py", "dist/b.py", "old/c.py", "gen/d_pb2.py")
        assert names(discover((), OPTIONS._replace(exclude=("old/",)))) == ["a.py", "dist/b.py", "gen/d_pb2.py"]
        tree = discover((), OPTIONS._replace(extend_exclude=("old", "gen/*_pb2.py")))
        assert names(tree) == ["a.py"]
        assert set(tree.skipped) == {Skipped("dist/", GENERATED), Skipped("old/", EXCLUDED), Skipped("gen/d_pb2.py", EXCLUDED)}

    @posix
    def test_links_are_counted_and_not_followed(self, project: Path, tmp_path: Path) -> None:
        write(tmp_path / "outside", "secret.py")
        write(project, "real.py")
        (project / "link.py").symlink_to("real.py")
        (project / "out.py").symlink_to(tmp_path / "outside" / "secret.py")
        (project / "folder").symlink_to(tmp_path / "outside")
        (project / "loop").symlink_to(".")
        (project / "self.py").symlink_to("self.py")
        tree = discover((), OPTIONS)
        readable = [file.path for file in tree.files if isinstance(read(file.full), bytes)]
        assert readable == ["real.py"]

    @posix
    def test_pipes_are_never_opened(self, project: Path) -> None:
        write(project, "a.py")
        os.mkfifo(project / "pipe.py")
        assert names(discover((), OPTIONS)) == ["a.py"]
        tree = discover(("pipe.py",), OPTIONS)
        assert tree.files == ()
        assert tree.skipped == (Skipped("pipe.py", "named pipe"),)

    @posix
    def test_a_named_link_that_leads_nowhere_is_counted(self, project: Path) -> None:
        (project / "broken.py").symlink_to("gone.py")
        (project / "loop.py").symlink_to("loop.py")
        tree = discover(("broken.py", "loop.py"), OPTIONS)
        assert tree.files == ()
        assert tree.skipped == (Skipped("broken.py", LINK), Skipped("loop.py", LINK))

    def test_files_and_folders_inside_are_told_from_the_common_folder(self, project: Path) -> None:
        write(project, "src/app/a.py", "src/lib/b.py", "c.py")
        tree = discover(("src/app", "src/lib"), OPTIONS)
        assert tree.root == str(project / "src")
        assert names(tree) == ["app/a.py", "lib/b.py"]
        assert names(discover(("src/app",), OPTIONS)) == ["a.py"]
        assert names(discover((str(project),), OPTIONS)) == ["c.py", "src/app/a.py", "src/lib/b.py"]

    def test_files_of_a_hook_are_told_from_the_current_folder(self, project: Path) -> None:
        write(project, "src/app/a.py", "src/app/b.py")
        tree = discover(("src/app/b.py", "src/app/a.py", "src/app/a.py"), OPTIONS)
        assert tree.root == str(project)
        assert names(tree) == ["src/app/a.py", "src/app/b.py"]
        assert all(file.named for file in tree.files)

    def test_an_explicit_root_decides(self, project: Path) -> None:
        write(project, "src/app/a.py")
        tree = discover(("src/app",), OPTIONS._replace(root=str(project)))
        assert names(tree) == ["src/app/a.py"]

    def test_overlapping_arguments_count_once(self, project: Path) -> None:
        write(project, "src/a.py", "src/x.png")
        tree = discover(("src", ".", "src", "src/a.py"), OPTIONS)
        assert names(tree) == ["src/a.py"]
        assert tree.skipped == (Skipped("*.png", NOT_SOURCE),)

    def test_a_named_file_is_looked_at_whatever_it_is(self, project: Path) -> None:
        write(project, "notes.txt", "dist/a.py", "ignored.py")
        (project / ".gitignore").write_text("ignored.py\n")
        assert names(discover(("notes.txt", "dist/a.py", "ignored.py"), OPTIONS)) == ["dist/a.py", "ignored.py", "notes.txt"]

    def test_force_exclude_holds_for_named_files_too(self, project: Path) -> None:
        write(project, "a.py", "dist/sub/a.py", "x.min.js", "old/b.py")
        options = OPTIONS._replace(force_exclude=True, extend_exclude=("old/",))
        tree = discover(("a.py", "dist/sub/a.py", "x.min.js", "old/b.py"), options)
        assert names(tree) == ["a.py"]
        assert {skipped.path: skipped.why for skipped in tree.skipped} == {
            "dist/sub/a.py": GENERATED,
            "x.min.js": GENERATED,
            "old/b.py": EXCLUDED,
        }

    def test_a_folder_named_is_entered_though_ignored_or_excluded(self, project: Path) -> None:
        write(project, "build/lib/a.py", "work/b.py", "work/sub/c.py", "work/sub/d.py")
        (project / ".gitignore").write_text("work/\n")
        (project / "work" / "sub" / ".gitignore").write_text("d.py\n")
        assert names(discover(("build",), OPTIONS._replace(root=str(project)))) == ["build/lib/a.py"]
        assert names(discover(("work",), OPTIONS)) == ["b.py", "sub/c.py"]
        assert names(discover(("work/sub",), OPTIONS)) == ["c.py"]

    def test_rules_above_a_named_folder_count(self, project: Path) -> None:
        write(project, "sub/a.py", "sub/b.log.py", "sub/deep/c.log.py")
        (project / ".gitignore").write_text("*.log.py\n")
        found = names(discover(("sub",), OPTIONS))
        assert found == (["a.py"] if (project / ".git").exists() else ["a.py", "b.log.py", "deep/c.log.py"])

    def test_a_path_that_is_not_there_is_an_error(self, project: Path) -> None:
        with pytest.raises(InputError, match="gone"):
            discover(("gone",), OPTIONS)
        with pytest.raises(InputError):
            discover(("nul\0",), OPTIONS)

    def test_an_empty_folder_is_an_empty_tree(self, project: Path) -> None:
        assert discover((), OPTIONS) == Tree(str(project), (), (), ())

    def test_control_folders_are_passed_over_in_silence(self, project: Path) -> None:
        write(project, "a.py", ".hg/x.py", ".svn/x.py", "sub/.git/config.py")
        assert names(discover((), OPTIONS._replace(respect_gitignore=False))) == ["a.py"]

    def test_the_order_of_arguments_does_not_matter(self, project: Path) -> None:
        write(project, "a/x.py", "b/y.py", "c.py", "a/z.png")
        assert discover(("a", "b", "c.py"), OPTIONS) == discover(("c.py", "b", "a"), OPTIONS)

    def test_many_strange_suffixes_are_one_line(self, project: Path) -> None:
        write(project, *(f"part.{number:04}" for number in range(50)), "x.a-very-long-suffix-indeed")
        assert discover((), OPTIONS).skipped == (Skipped("*", NOT_SOURCE, 51),)


class TestWithGit:
    def test_tracked_files_are_known(self, tmp_path: Path) -> None:
        write(tmp_path, "a.py", "b.py")
        init(tmp_path, "a.py")
        tree = discover((str(tmp_path),), OPTIONS)
        assert [(file.path, file.tracked, file.named) for file in tree.files] == [("a.py", True, False), ("b.py", False, False)]

    def test_a_tracked_file_is_looked_at_though_ignored(self, tmp_path: Path) -> None:
        write(tmp_path, "a.py", "b.py")
        (tmp_path / ".gitignore").write_text("*.py\n")
        init(tmp_path, "a.py")
        assert names(discover((str(tmp_path),), OPTIONS)) == ["a.py"]

    def test_tracked_files_of_an_excluded_folder_are_counted(self, tmp_path: Path) -> None:
        write(tmp_path, "vendor/a.py", "vendor/sub/b.py", "vendor/c.png")
        init(tmp_path, "vendor")
        assert discover((str(tmp_path),), OPTIONS).skipped == (Skipped("vendor/", GENERATED, 3),)

    def test_a_deleted_file_is_listed_and_says_so_when_read(self, tmp_path: Path) -> None:
        write(tmp_path, "a.py", "sub/b.py", "sub/c.py")
        init(tmp_path, "a.py", "sub")
        (tmp_path / "a.py").unlink()
        for name in ("b.py", "c.py"):
            (tmp_path / "sub" / name).unlink()
        (tmp_path / "sub").rmdir()
        tree = discover((str(tmp_path),), OPTIONS)
        assert [read(file.full) for file in tree.files] == [Skipped(str(tmp_path / "a.py"), ABSENT)]
        assert tree.skipped == (Skipped("sub/", ABSENT, 2),)

    @posix
    def test_a_tracked_folder_that_became_a_link_is_not_followed(self, tmp_path: Path) -> None:
        project, outside = tmp_path / "project", tmp_path / "outside"
        write(project, "d/e/secret.py", "a.py")
        init(project, ".")
        write(outside, "e/secret.py")
        (project / "d" / "e" / "secret.py").unlink()
        (project / "d" / "e").rmdir()
        (project / "d").rmdir()
        (project / "d").symlink_to(outside)
        (project / ".gitignore").write_text("/d\n")
        tree = discover((str(project),), OPTIONS)
        assert names(tree) == ["a.py"]
        assert Skipped("d/", LINK) in tree.skipped

    def test_submodules_and_repositories_inside_are_looked_into(self, tmp_path: Path) -> None:
        project, other = tmp_path / "project", tmp_path / "other"
        write(other, "inner.py", "ignored.py")
        (other / ".gitignore").write_text("ignored.py\n")
        init(other, "inner.py", ".gitignore")
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "protocol.file.allow=always"]
        subprocess.run(["git", "-C", str(other), *identity, "commit", "-q", "-m", "x"], check=True)
        write(project, "a.py")
        init(project, "a.py")
        subprocess.run(["git", "-C", str(project), *identity, "submodule", "--quiet", "add", str(other), "libs/module"], check=True)
        subprocess.run(["git", "clone", "-q", str(other), str(project / "nested")], check=True)
        write(project / "nested", "ignored.py")
        tree = discover((str(project),), OPTIONS)
        assert names(tree) == ["a.py", "libs/module/inner.py", "nested/inner.py"]

    def test_a_submodule_that_is_not_checked_out_is_counted(self, tmp_path: Path) -> None:
        write(tmp_path, "a.py")
        init(tmp_path, "a.py")
        subprocess.run(["git", "-C", str(tmp_path), "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},module"], check=True)
        assert discover((str(tmp_path),), OPTIONS).skipped == (Skipped("module/", ABSENT),)
        (tmp_path / "module").mkdir()
        assert discover((str(tmp_path),), OPTIONS).skipped == (Skipped("module/", ABSENT),)

    def test_a_folder_of_repositories_asks_each(self, tmp_path: Path) -> None:
        for name in ("one", "two"):
            write(tmp_path / name, "a.py", "ignored.py")
            (tmp_path / name / ".gitignore").write_text("ignored.py\n")
            init(tmp_path / name, "a.py")
        write(tmp_path, "loose.py")
        tree = discover((str(tmp_path),), OPTIONS)
        assert [(file.path, file.tracked) for file in tree.files] == [("loose.py", False), ("one/a.py", True), ("two/a.py", True)]

    def test_a_refusal_falls_back_to_the_walk_and_says_so(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write(tmp_path, "a.py", "b.log.py", "sub/c.py", "sub/d.log.py", "private.py")
        (tmp_path / ".gitignore").write_text("*.log.py\n")
        init(tmp_path)
        (tmp_path / ".git" / "info" / "exclude").write_text("private.py\n")
        with_git = discover((str(tmp_path),), OPTIONS)
        monkeypatch.setattr(git, "listing", lambda top, below: None)
        tree = discover((str(tmp_path),), OPTIONS)
        assert names(tree) == names(with_git) == ["a.py", "sub/c.py"]
        assert [notification.code for notification in tree.notifications] == ["git-unavailable"]
        assert names(discover((str(tmp_path / "sub"),), OPTIONS)) == ["c.py"]

    def test_folders_may_be_deeper_than_the_stack(self, tmp_path: Path) -> None:
        deep = "/".join(["d"] * 1500)
        init(tmp_path)
        digest = subprocess.run(["git", "-C", str(tmp_path), "hash-object", "-w", "--stdin"], input=b"", check=True, capture_output=True)
        entry = f"100644,{digest.stdout.decode().strip()},{deep}/a.py"
        subprocess.run(["git", "-C", str(tmp_path), "update-index", "--add", "--cacheinfo", entry], check=True)
        assert discover((str(tmp_path),), OPTIONS).skipped == (Skipped("d/", ABSENT),)

    @posix
    def test_a_link_given_as_the_folder_is_followed(self, tmp_path: Path) -> None:
        project = tmp_path / "project"
        write(project, "sub/a.py", "sub/b.py")
        (project / ".gitignore").write_text("b.py\n")
        init(project)
        (tmp_path / "link").symlink_to(project / "sub")
        tree = discover((str(tmp_path / "link"),), OPTIONS)
        assert tree.root == str(tmp_path / "link")
        assert names(tree) == ["a.py"]


PARTS = st.sampled_from(["a", "b", "src", "out", "a.py", "b.py", "gen.py"])
LINES = st.sampled_from(
    ["a", "b/", "/src", "out/*", "!out/a.py", "*.py", "!b.py", "src/**", "**/gen.py", "!src/b.py", "/a/b", "a/**/b.py", "!a/"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    files=st.lists(st.lists(PARTS, min_size=1, max_size=4), min_size=1, max_size=12),
    ignores=st.dictionaries(st.sampled_from(["", "a", "src", "src/out"]), st.lists(LINES, max_size=4), max_size=3),
)
def test_the_walk_finds_what_git_finds(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[str]], ignores: dict[str, list[str]]
) -> None:
    project = tmp_path_factory.mktemp("project")
    init(project)
    for parts in files:
        path = project.joinpath(*parts)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("x = 1\n")
        except OSError:
            continue
    for folder, lines in ignores.items():
        if (project / folder).is_dir():
            (project / folder / ".gitignore").write_text("\n".join(lines) + "\n")
    with_git = discover((str(project),), OPTIONS)
    os.rename(project / ".git", project / ".hg")
    assert names(discover((str(project),), OPTIONS)) == names(with_git)
