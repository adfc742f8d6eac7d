"""In: the info string and the text of a fence. Out: HTML by superfences' custom fences or pymdown's highlighting."""

import re
from typing import Any, Final

from markdown import Markdown
from pymdownx.superfences import SuperFencesCodeExtension, SuperFencesException

# As superfences reads it: a language, then `title="…"`, `hl_lines="…"`, `linenums="…"`, perhaps in braces.
_INFO: Final = re.compile(r"\s*(?:\{\s*\.?)?(?P<language>[\w#.+-]*)\s*(?P<options>.*?)\}?\s*", re.DOTALL)
_OPTION = re.compile(r"(?P<key>[A-Za-z][A-Za-z0-9_-]*)\s*=\s*(?P<quote>[\"'])(?P<value>.*?)(?P=quote)")

# With one of these set, code without a language is more than text.
_FOR_PLAIN_CODE = ("linenums", "guess_lang", "auto_title", "default_lang")


class Fences:
    """Superfences as it is configured, asked for one fence at a time."""

    def __init__(self, md: Markdown) -> None:
        self._md = md
        self._entries: list[dict[str, Any]] = []
        settings: dict[str, Any] = {}
        for extension in md.registeredExtensions:
            if isinstance(extension, SuperFencesCodeExtension):
                self._entries = list(reversed(extension.superfences))
            elif hasattr(extension, "get_pymdownx_highlight_settings"):
                settings = settings or extension.get_pymdownx_highlight_settings()
        self._plain_is_text = not any(settings.get(name) for name in _FOR_PLAIN_CODE)

    def html(self, info: str, source: str) -> str | None:
        """Give the HTML of a fence, or None if it is code with nothing to highlight."""
        match = _INFO.fullmatch(info)
        language = match["language"] if match else ""
        inputs = {m["key"]: m["value"] for m in _OPTION.finditer(match["options"])} if match else {}
        if not language and not inputs and self._plain_is_text:
            return None
        return self._format(language, inputs, source)

    def _format(self, language: str, inputs: dict[str, str], source: str) -> str | None:
        """Ask each kind of fence in superfences' order; one that fails leaves the author's text as code."""
        for entry in self._entries:
            options: dict[str, Any] = {}
            attributes: dict[str, Any] = {}
            if not entry["test"](language):
                continue
            try:
                if entry["validator"](language, inputs, options, attributes, self._md):
                    html = entry["formatter"](
                        src=source,
                        language=language,
                        options=options,
                        md=self._md,
                        classes=[],
                        id_value="",
                        attrs={},
                    )
                    return str(html)
            except (SuperFencesException, ValueError, TypeError, AttributeError, KeyError, IndexError):
                return None
        return None
