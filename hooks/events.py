"""The only file that knows MkDocs: each event hands over at once to `commonmark` or `notes`."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from commonmark import CommonMark
from pictures import LIBRARY, fence_mermaid_custom


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let pages be read by our front end; as an instance, since MkDocs checks names before it loads hooks."""
    config.markdown_extensions.append(CommonMark())
    _prepare_mermaid(config)
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Put the Mermaid library among the site's files."""
    files.append(File.generated(config, _mermaid2(config).config["javascript"], abs_src_path=str(LIBRARY)))
    return files


def _mermaid2(config: MkDocsConfig) -> Any:  # noqa: ANN401 - published without types
    return config.plugins["mermaid2"]


def _prepare_mermaid(config: MkDocsConfig) -> None:
    """Give mermaid2 the fences and the library; the latter privately, since it wants a file in `docs_dir`."""
    fence = {"name": "mermaid", "class": "mermaid", "format": fence_mermaid_custom}
    config.mdx_configs["pymdownx.superfences"] = {"custom_fences": [fence]}
    mermaid2 = _mermaid2(config)
    mermaid2._javascript = mermaid2.config["javascript"]  # noqa: SLF001
