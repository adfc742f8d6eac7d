"""The workflows: audited by the programs made for it, and each `run:` script run as it stands in a fresh clone."""

import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

import pytest
import yaml
from tests import clones
from tests.sites import ROOT

from notes import Settings, generated_pages, read_site
from notes.history import History

Result: TypeAlias = subprocess.CompletedProcess[str]

WORKFLOWS = ROOT / ".github" / "workflows"
AUDITS = {
    "zizmor": ("--offline", "--persona", "auditor", "--quiet"),
    "actionlint": ("-no-color",),
}
CAREFUL = """\
name: Careful
on: [push]
permissions: {}
concurrency:
  group: careful
  cancel-in-progress: true
jobs:
  one:
    name: One
    runs-on: ubuntu-24.04
    steps:
      - env:
          REF: ${{ github.head_ref }}
        run: echo "$REF"
"""
CARELESS = CAREFUL.replace("$REF", "${{ github.head_ref }}")
"""Runs a branch's name as a script, which every audit must tell."""
KNOWN = {
    "github.event.repository.default_branch": "main",
    "github.server_url": "https://forge.example",
    "github.repository": "author/notes",
    "vars.SITE_URL || format('https://{0}.github.io/{1}', github.repository_owner, github.event.repository.name != "
    "format('{0}.github.io', github.repository_owner) && format('{0}/', github.event.repository.name) || '')": (
        "https://author.example/notes/"
    ),
}
"""The expressions that the workflows use in `env:`, with what they stand for; another one fails its test."""


@dataclass(frozen=True, slots=True)
class Runner:
    """What runs a job's scripts in a clone, as GitHub's runner does."""

    clone: Path

    @property
    def summary(self) -> Path:
        """The page that GitHub shows of a run."""
        return self.clone.parent / "summary.md"

    def run(self, workflow: str, job: str, options: str = "") -> list[Result]:
        """Run the scripts of a job in order, up to the first that fails; `options` are for pytest."""
        results: list[Result] = []
        for step in _steps(_read(WORKFLOWS / workflow), job):
            variables = {name: _evaluated(value) for name, value in step.get("env", {}).items()}
            results.append(self._script(step["run"], {**variables, "PYTEST_ADDOPTS": options}))
            if results[-1].returncode != 0:
                break
        return results

    def _script(self, script: str, variables: Mapping[str, str]) -> Result:
        path = self.clone.parent / "step.sh"
        path.write_text(script, encoding="utf-8")
        command = ["bash", "-e", str(path)]  # as the runner calls a script that names no shell
        environment = {**os.environ, "CI": "true", "GITHUB_STEP_SUMMARY": str(self.summary), **variables}
        return subprocess.run(
            command, cwd=self.clone, env=environment, capture_output=True, text=True, timeout=250, check=False
        )


def _evaluated(text: str) -> str:
    return re.sub(r"\$\{\{ (.*?) \}\}", lambda found: KNOWN[found[1]], text)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """Return a runner on a fresh clone."""
    return Runner(clones.fresh_clone(tmp_path))


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def _steps(workflow: Mapping[str, Any], job: str) -> list[dict[str, Any]]:
    return [step for step in workflow["jobs"][job]["steps"] if "run" in step]


def _jobs() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path in sorted(WORKFLOWS.iterdir()):
        for job, content in _read(path)["jobs"].items():
            yield path.name, job, content


def _audit(program: str, paths: Sequence[Path]) -> str:
    """Give what a program that audits workflows says; nothing, if it is content."""
    scripts = sysconfig.get_path("scripts")
    path = shutil.which(program, path=scripts)
    assert path, f"{program} is in the lock, and not in {scripts}"
    environment = {**os.environ, "PATH": os.pathsep.join((scripts, os.environ["PATH"]))}  # actionlint calls ShellCheck
    ran = subprocess.run(
        [path, *AUDITS[program], *paths], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    return "" if ran.returncode == 0 else ran.stdout + ran.stderr


@pytest.mark.parametrize("program", AUDITS)
def test_the_audit_finds_nothing(program: str) -> None:
    assert _audit(program, sorted(WORKFLOWS.iterdir())) == ""


def test_the_audit_of_the_updates_finds_nothing() -> None:
    assert _audit("zizmor", [ROOT / ".github" / "dependabot.yml"]) == ""


@pytest.mark.parametrize("program", AUDITS)
def test_the_audit_tells_a_careless_script(program: str, tmp_path: Path) -> None:
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    careless = tmp_path / ".github" / "workflows" / "careless.yml"
    careless.write_text(CAREFUL)
    assert _audit(program, [careless]) == ""
    careless.write_text(CARELESS)
    assert "github.head_ref" in _audit(program, [careless])


def test_shellcheck_finds_nothing_in_what_integration_runs() -> None:
    program = shutil.which("shellcheck", path=sysconfig.get_path("scripts"))
    assert program
    subprocess.run([program, ROOT / ".ci" / "run"], check=True)


def test_each_action_is_pinned_and_says_its_version() -> None:
    uses = [
        line
        for path in WORKFLOWS.iterdir()
        for line in path.read_text(encoding="utf-8").splitlines()
        if "uses:" in line
    ]
    assert uses
    assert [line for line in uses if not re.search(r"uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)] == []


def test_what_builds_the_site_keeps_its_diagrams() -> None:
    for workflow, job, content in _jobs():
        kept = [step["with"]["path"] for step in content["steps"] if "actions/cache@" in step.get("uses", "")]
        assert kept == ([] if job == "publish" else [".cache/diagrams"]), f"{workflow} {job}"


def test_only_the_job_that_publishes_may_write() -> None:
    writers = {
        (workflow, job): content["permissions"]
        for workflow, job, content in _jobs()
        if content["permissions"] != {"contents": "read"}
    }
    assert writers == {("publish.yml", "publish"): {"pages": "write", "id-token": "write"}}
    publish = _read(WORKFLOWS / "publish.yml")["jobs"]["publish"]
    assert publish["if"] == "github.ref_name == github.event.repository.default_branch"
    assert publish["needs"] == "build"


def test_a_run_for_another_branch_takes_no_place_of_one_that_waits_to_publish() -> None:
    """Of the runs of one group that wait, GitHub cancels all but the newest."""
    concurrency = _read(WORKFLOWS / "publish.yml")["concurrency"]
    assert concurrency == {"group": "publish-${{ github.ref }}", "cancel-in-progress": False}


def test_each_script_is_run_below() -> None:
    scripts = {(workflow, job) for workflow, job, content in _jobs() if any("run" in step for step in content["steps"])}
    assert scripts == {
        ("check.yml", "notes"),
        ("check.yml", "test"),
        ("check.yml", "elsewhere"),
        ("publish.yml", "build"),
    }


UNCLOSED = "# Unclosed\n\n```\nno end\n"


def _merged(clone: Path, text: str) -> None:
    """Check out what GitHub makes of a pull request with a note `New`: its merge into what others did meanwhile."""
    clones.git(clone, "switch", "--quiet", "--create", "target")
    clones.git(clone, "switch", "--quiet", "--create", "pull-request")
    (clone / "docs" / "New.md").write_text(text)
    clones.commit(clone, "A new note")
    clones.git(clone, "switch", "--quiet", "target")
    (clone / "docs" / "Meanwhile.md").write_text(UNCLOSED)
    clones.commit(clone, "What others did since the pull request was opened")
    clones.git(clone, "merge", "--quiet", "--no-edit", "pull-request")


def test_a_pull_request_is_told_the_problem_that_it_adds(runner: Runner) -> None:
    """And not the ones that were there before, or that others have added meanwhile."""
    (runner.clone / "docs" / "Old.md").write_text(UNCLOSED)
    clones.commit(runner.clone, "An old problem")
    _merged(runner.clone, UNCLOSED)
    told, built = runner.run("check.yml", "notes")
    annotations = [line for line in told.stdout.splitlines() if line.startswith("::")]
    assert [line.split(",")[:2] for line in annotations] == [["::warning file=docs/New.md", "line=3"]], told.stderr
    assert told.returncode == 0
    assert built.returncode != 0
    assert (runner.clone / "site" / "new" / "index.html").is_file()  # what is attached
    assert "- docs/New.md:3: this code block is not closed" in runner.summary.read_text(encoding="utf-8")


def test_a_pull_request_without_a_problem_is_built(runner: Runner) -> None:
    (runner.clone / "docs" / "New.md").write_text("# New\n\nAll is well.\n")
    clones.commit(runner.clone, "A note")
    told, built = runner.run("check.yml", "notes")
    assert (told.returncode, told.stdout, built.returncode) == (0, "", 0), told.stderr + built.stderr
    assert "- docs/New.md: new\n" in runner.summary.read_text(encoding="utf-8")
    assert "All is well." in (runner.clone / "site" / "new" / "index.html").read_text(encoding="utf-8")


def test_without_what_a_pull_request_is_merged_into_its_check_fails(runner: Runner) -> None:
    """As in a clone that has only the newest commit."""
    clones.git(runner.clone, "checkout", "--quiet", "--orphan", "alone")
    clones.commit(runner.clone, "The only commit")
    [told] = runner.run("check.yml", "notes")
    assert told.returncode != 0
    assert "git knows no commit" in told.stderr


def test_the_tests_are_found_where_they_run(runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To run them here would run this one again, and npm would install again what is there."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "npm").write_text('#!/bin/sh\necho "npm $*"\n', encoding="utf-8")
    (tmp_path / "bin" / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join((str(tmp_path / "bin"), os.environ["PATH"])))
    [tests] = runner.run("check.yml", "test", options="--collect-only --quiet tests/test_workflows.py")
    assert tests.returncode == 0, tests.stdout + tests.stderr
    assert tests.stdout.startswith("npm ci --prefix tests/browser ")
    assert "tests/test_workflows.py::test_the_tests_are_found_where_they_run" in tests.stdout


def test_other_systems_build_the_site(runner: Runner) -> None:
    [built] = runner.run("check.yml", "elsewhere")
    assert built.returncode == 0, built.stderr
    assert (runner.clone / "site" / "index.html").is_file()


def test_what_is_published_names_its_address_and_its_source(runner: Runner) -> None:
    [built] = runner.run("publish.yml", "build")
    assert built.returncode == 0, built.stderr
    home = (runner.clone / "site" / "index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://author.example/notes/">' in home
    assert 'href="https://forge.example/author/notes' in home


def test_issue_forms_have_the_fields_that_the_site_fills_in() -> None:
    folder = ROOT / ".github" / "ISSUE_TEMPLATE"
    fields = {path.name: [part["id"] for part in _read(path)["body"]] for path in sorted(folder.iterdir())}
    assert all(len(set(ids)) == len(ids) for ids in fields.values())
    note = b"## Part\n\nWords. #I_DONT_LIKE_THIS_REWRITE [[Not yet, & so <on>]]\n"
    settings = Settings(repository="https://forge.example/a/n", edit="https://forge.example/a/n/edit/main/docs/")
    pages = generated_pages(read_site({"A.md": note}, [], settings, History(commit="c0ffee")))
    links = re.findall(r"\(https://forge\.example/a/n/issues/new\?(\S+)\)", "".join(page.markdown for page in pages))
    filled = {query["template"]: query for query in (dict(parse_qsl(link)) for link in links)}
    assert filled["wanted.yml"]["note"] == "Not yet, & so <on>"
    assert {"page", "section", "line", "commit", "problem"} < filled["problem.yml"].keys()
    assert all(query.keys() - {"template", "title"} <= set(fields[name]) for name, query in filled.items())
