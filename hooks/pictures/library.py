"""Mermaid itself: a file of the package `mermaidx`, served from our site so that no third party is asked."""

from importlib.metadata import distribution
from pathlib import Path

LIBRARY = Path(str(distribution("mermaidx").locate_file("mermaidx/assets/mermaid.js")))
"""The library as it is published, with the licences that it carries in its comments."""
