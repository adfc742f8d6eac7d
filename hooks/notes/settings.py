"""What a site's owner can set, as plain values."""

from dataclasses import dataclass, field

from notes.review import Label, Labels

DEFAULT_LABELS: Labels = {
    "i_dont_like_this_rewrite": Label("rewrite", "The author wants this passage in better words.")
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings that stage 1 knows."""

    name: str = "Notes"
    """Of the site."""
    description: str = ""
    """Of the site, one sentence."""
    labels: Labels = field(default_factory=lambda: DEFAULT_LABELS)
    """The tags that are flags."""
    repository: str = ""
    """Address of the repository's page, without a slash at its end; empty: no page names one."""
    edit: str = ""
    """Address before a note's path at which the repository's editor opens it, with a slash at its end."""
    address: str = ""
    """Where the site is published, with a slash at its end; empty if nobody said."""
