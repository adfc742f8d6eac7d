"""A hostile folder in a real browser: nothing of it becomes an element, an attribute or a script, and nothing runs."""

import os
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page
from tests import hostile_vault
from tests.browser.chromium import Server, window
from tests.repositories import new_repository, signature
from tests.sites import ADDRESS, MKDOCS, PUBLISHED, copy_project

# What is live on a page: handlers, elements of ours, addresses that run; in the roots of pictures too.
LIVE = """
const found = [];
const look = root => {
  for (const element of root.querySelectorAll("*")) {
    if (element.localName.startsWith("x-hostile")) found.push(element.outerHTML);
    for (const {name, value} of element.attributes) {
      const plain = value.replace(/[\\x00-\\x20]/g, "").toLowerCase();
      if (name.startsWith("on")) found.push(element.outerHTML);
      if (/^(href|src|action|formaction|data|xlink:href|srcdoc|poster)$/.test(name)
          && /^(javascript|vbscript|data:text|data:image.svg)/.test(plain)) found.push(element.outerHTML);
    }
    if (element.localName === "script" && /^alert/.test(element.textContent)) found.push(element.outerHTML);
    if (element.shadowRoot) look(element.shadowRoot);
  }
};
look(document);
found
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the folder, from a repository whose authors are hostile too."""
    folder = tmp_path_factory.mktemp("hostile")
    copy_project(folder, {})
    repository = new_repository(folder)
    for path, text in hostile_vault.files().items():
        file = repository.docs / os.fsdecode(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)
    repository.git("add", "--all", "docs")
    repository.git("commit", "-qm.", environment=signature(hostile_vault.RUNS + hostile_vault.COMMANDS, "2024-01-01"))
    site = folder / "site"
    done = subprocess.run(
        [*MKDOCS, "build", "--site-dir", str(site)], cwd=folder, env=PUBLISHED, check=False, capture_output=True
    )
    log = done.stderr.decode("utf-8", "replace") + done.stdout.decode("utf-8", "replace")
    (folder / "log").write_text(log, encoding="utf-8")
    assert done.returncode == 0, log
    return folder


def _visited(page: Page, files: list[Path], site: Path) -> tuple[dict[str, object], list[str]]:
    """What is live, by page, and what of it ran."""
    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    live = {}
    for file in files:
        name = file.relative_to(site).as_posix()
        page.goto(ADDRESS + name.replace("%", "%25").replace("?", "%3F").replace("#", "%23"))
        if found := page.evaluate(LIVE):
            live[name] = found
    return live, dialogs


def test_nothing_of_a_hostile_folder_is_live(hostile: Path, server: Server, browser: Browser) -> None:
    site = server.folder = hostile / "site"
    # Not by `reader`, which lets no policy refuse anything: Mermaid measures labels as HTML, handlers and all.
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > len(hostile_vault.NAMES)
    with window(browser) as context:
        live, dialogs = _visited(context.new_page(), pages, site)
    assert not live
    assert not dialogs


def test_nothing_of_a_hostile_folder_is_a_command_in_the_log(hostile: Path) -> None:
    log = (hostile / "log").read_text(encoding="utf-8")
    assert "Traceback" not in log
    assert "##[" not in log
    assert "does not contain an anchor" not in log
    assert not [line for line in log.splitlines() if line.lstrip().startswith("::")]
