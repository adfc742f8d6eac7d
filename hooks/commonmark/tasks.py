"""In: events. Out: the same, with `- [/]` and its like as tasks; GFM knows `[ ]` and `[x]` only.

Source: Obsidian's help, "Basic formatting syntax", Task lists: any character in the brackets marks a task as done.
"""

import re
from collections.abc import Iterator

from .events import Event, Events, Kind, without_start

BOX = re.compile(rb"(?<!\\)\[(?:[!-Z\\^-~]|[\xc2-\xf4][\x80-\xbf]+)\][ \t]")


def with_tasks(events: Events, source: bytes) -> Iterator[Event]:
    """Turn a box at the start of an item's text into a task's."""
    end = 0
    for i, event in enumerate(events):
        box = BOX.match(source, event.start) if event.kind is Kind.TEXT and _starts_item(events, i) else None
        if box is not None:
            end = box.end()
            yield event._replace(kind=Kind.TASK_LIST_MARKER, data=True, end=end)
        if event.kind is not Kind.TEXT or event.start >= end:
            yield event
        elif (rest := without_start(event, end)) is not None:
            yield rest


def _starts_item(events: Events, i: int) -> bool:
    before = i - 2 if events[i - 1].opens("Paragraph") else i - 1
    return events[before].opens("Item")
