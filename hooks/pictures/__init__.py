"""Mermaid on the page: a diagram's source becomes a picture, by the build or else by the reader's browser.

In: the source of a Mermaid fence. Out: its HTML, and the file of the Mermaid library. Knows no generator.
"""

from pictures.draw import KEPT, draw, draw_all, faults
from pictures.fence import mermaid_fence
from pictures.find import count_left, mermaid_jobs
from pictures.library import LIBRARY
from pictures.picture import Drawn, Fault, GivenUp, Job, Left, Picture, Wrong

__all__ = [
    "KEPT",
    "LIBRARY",
    "Drawn",
    "Fault",
    "GivenUp",
    "Job",
    "Left",
    "Picture",
    "Wrong",
    "count_left",
    "draw",
    "draw_all",
    "faults",
    "mermaid_fence",
    "mermaid_jobs",
]
