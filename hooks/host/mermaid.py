"""Diagrams, beside the plugin mermaid2. In: the settings, and all pages. Out: pictures, and Mermaid for what is left.

What the build draws or finds wrong, no browser has to; of the others, mermaid2 has each page load Mermaid.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from pictures import KEPT, LIBRARY, Fault, faults, mermaid_fence, mermaid_jobs

_FENCES = "pymdownx.superfences"
_LEFT = re.compile(r'<pre class="mermaid"[^>]*><code\b')
"""What mermaid2 looks for: a diagram that a browser is to draw."""
_ASKING = '<pre class="mermaid"><code></code></pre>'
_END = "</body>"


def prepare(config: MkDocsConfig) -> None:
    """Draw what can be drawn; give mermaid2 the rest, and the library, privately: it wants a file in `docs_dir`.

    Raises PluginError where the settings have no mermaid2: all plugins go that a file names which inherits ours.
    """
    fence = {"name": "mermaid", "class": "mermaid", "format": mermaid_fence(_pictures(config))}
    of_settings = config.mdx_configs.get(_FENCES, {})
    # The last one of a name counts.
    config.mdx_configs[_FENCES] = {**of_settings, "custom_fences": [*of_settings.get("custom_fences", ()), fence]}
    if _FENCES not in config.markdown_extensions:
        config.markdown_extensions.append(_FENCES)
    mermaid2: Any = config.plugins.get("mermaid2")
    if mermaid2 is None or not mermaid2.config["javascript"]:
        message = "`plugins` must name mermaid2 with its `javascript`, as mkdocs.yml does, beside any plugins of yours."
        raise PluginError(message)
    mermaid2._javascript = mermaid2.config["javascript"]  # noqa: SLF001
    _take_its_scripts_alone(mermaid2, config)


def _take_its_scripts_alone(mermaid2: Any, config: MkDocsConfig) -> None:  # noqa: ANN401 - published without types
    """It would parse each page with the word "mermaid" in it, and write it anew, not as the theme means it."""

    def on_post_page(output: str, **context: object) -> str:
        body, end, rest = output.rpartition(_END)
        asking = f"<body>{_ASKING * len(_LEFT.findall(body))}"
        answer = str(mermaid2.on_post_page(asking + _END, **context))
        return body + answer.removeprefix(asking).removesuffix(_END) + end + rest

    events = config.plugins.events["post_page"]
    events[:] = [on_post_page if event == mermaid2.on_post_page else event for event in events]


def is_left_to_browsers(html: str) -> bool:
    """Ask whether there is a diagram that the build has not drawn."""
    return _LEFT.search(html) is not None


def library(config: MkDocsConfig) -> dict[str, str]:
    """Give the address of Mermaid on the site, and the file that it is."""
    return {_plugin(config).config["javascript"]: str(LIBRARY)}


def draw(pages: Iterable[str], config: MkDocsConfig) -> Mapping[str, Fault]:
    """Draw the pictures of all pages side by side; a page that asks finds them. Give what is to be told, by source."""
    return faults(mermaid_jobs(pages), _pictures(config))


def _pictures(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or "").parent / KEPT


def _plugin(config: MkDocsConfig) -> Any:  # noqa: ANN401 - published without types
    return config.plugins["mermaid2"]
