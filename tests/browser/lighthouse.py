"""Lighthouse, as a phone on a slow line sees a page. In: an address. Out: a score from 0 to 100 for each category."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from typing import Final

import dev
from tests.browser.npm import MODULES

PROGRAM: Final = MODULES / "lighthouse" / "cli" / "index.js"
CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
_BROWSER: Final = "--headless=new --no-sandbox --disable-gpu"


def can_run() -> bool:
    """Tell whether all that it needs is there."""
    return bool(shutil.which("node") and PROGRAM.exists() and dev.find_browser())


def audit(address: str) -> tuple[Mapping[str, int], list[str]]:
    """Return the scores of a page, and what it lost points for, performance left out."""
    options = ["--quiet", "--output=json", f"--chrome-flags={_BROWSER}", f"--only-categories={','.join(CATEGORIES)}"]
    ran = subprocess.run(
        ["node", str(PROGRAM), address, *options],
        env={**os.environ, "CHROME_PATH": dev.find_browser() or ""},
        check=True,
        capture_output=True,
        text=True,
    )
    report = json.loads(ran.stdout)
    scores = {name: round(category["score"] * 100) for name, category in report["categories"].items()}
    audits = {part["id"]: part["weight"] for name in CATEGORIES[1:] for part in report["categories"][name]["auditRefs"]}
    lost = [name for name, weight in audits.items() if weight and (report["audits"][name]["score"] or 0) < 1]
    return scores, [name for name in lost if report["audits"][name]["scoreDisplayMode"] in ("binary", "numeric")]
