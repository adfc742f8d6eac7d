"""Lighthouse on our pages and on plain Material's, in one run: `python -m tests.bench_lighthouse`."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser import lighthouse
from tests.browser.chromium import serving
from tests.sites import MKDOCS, PUBLISHED, ROOT, build

PLAIN = """
site_name: Plain
site_url: {address}
docs_dir: {notes}
theme: {{name: material}}
markdown_extensions: [pymdownx.superfences]
"""


def build_plain(site: Path, address: str) -> Path:
    """Build the note as Material does without us."""
    config = site.with_suffix(".yml")
    config.write_text(PLAIN.format(address=address, notes=ROOT / "docs"), encoding="utf-8")
    command = [*MKDOCS, "build", "--quiet", "--config-file", str(config), "--site-dir", str(site)]
    subprocess.run(command, env=PUBLISHED, check=True)
    return site


def main() -> None:
    """Print the scores of each page."""
    print(f"{'page':20}", *(f"{name:>15}" for name in lighthouse.CATEGORIES))
    with TemporaryDirectory() as folder, serving() as server:
        address = f"http://localhost:{server.server_port}/"
        ours, plain = (
            build(ROOT, Path(folder, "ours"), address=address),
            build_plain(Path(folder, "plain"), address=address),
        )
        for name, site, page in (
            ("ours: home", ours, ""),
            ("ours: note", ours, "the-ops/"),
            ("ours: review", ours, "review/"),
            ("plain: note", plain, "The%20Ops/"),
        ):
            server.folder = site
            scores, _ = lighthouse.audit(address + page)
            print(f"{name:20}", *(f"{scores[category]:15}" for category in lighthouse.CATEGORIES))


if __name__ == "__main__":
    main()
