"""Stage 2: a Python-Markdown extension that reads one page as Obsidian shows it. Knows no other page.

`extension` has the extension. Stage 1 shares what reads the text, and needs no Python-Markdown for it.
"""
