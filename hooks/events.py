"""The only file that knows MkDocs: each event hands over at once to `commonmark` or `notes`."""

from mkdocs.config.defaults import MkDocsConfig

from commonmark import CommonMark


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let pages be read by our front end; as an instance, since MkDocs checks names before it loads hooks."""
    config.markdown_extensions.append(CommonMark())
    return config
