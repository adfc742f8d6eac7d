"""Export: the notes as plain CommonMark in another folder, for any generator. In: a folder. Out: a new one."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

from maths import Preamble
from notes.folder import Folder, read_folder
from notes.history import read_history
from notes.names import is_base, is_canvas
from notes.obsidian import read_preamble, shows_line_breaks
from notes.pages import Page, generated_files, generated_pages, note_pages
from notes.plain import plain
from notes.settings import Settings
from notes.site import read_site
from notes.source import NotePath


def export(docs: Path, out: Path, settings: Settings) -> None:
    """Write every page and copy every other file; `docs` is only read."""
    settings = replace(settings, name=docs.name, preamble=read_preamble(docs)[0])
    folder = _with_canvases_as_files(read_folder(docs, settings.unpublished))
    history = read_history(docs, settings.labels)
    site = read_site(folder.notes, folder.assets, settings, history, withheld=folder.withheld)
    line_breaks = shows_line_breaks(docs)
    for page in (*note_pages(site).values(), *generated_pages(site)):
        if not is_base(page.path):
            _write(out, page, settings.preamble, line_breaks=line_breaks)
    for path, text in generated_files(site).items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
    for asset in (*folder.assets, *filter(is_base, folder.notes)):
        target = out / asset
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(docs / folder.on_disk.get(asset, asset), target)


def _with_canvases_as_files(folder: Folder) -> Folder:
    """What a page shows of a canvas needs our style sheet; the programs that show canvases read the file itself."""
    canvases = [path for path in folder.notes if is_canvas(path)]
    notes = {path: text for path, text in folder.notes.items() if not is_canvas(path)}
    return replace(folder, notes=notes, assets=(*folder.assets, *canvases))


def _write(out: Path, page: Page, preamble: Preamble, *, line_breaks: bool) -> None:
    """JSON's strings are YAML's too: no title can end the front matter."""
    title = json.dumps(page.title, ensure_ascii=False)
    target = out / page.path
    target.parent.mkdir(parents=True, exist_ok=True)
    text = plain(NotePath(page.path), page.markdown, preamble, line_breaks=line_breaks)
    target.write_text(f"---\ntitle: {title}\n---\n{text}", encoding="utf-8", newline="")
