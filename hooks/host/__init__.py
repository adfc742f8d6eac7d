"""What of MkDocs, its theme and its plugins has to be steered; with `events.py` all that knows them.

The order, each knows only those before it: log, settings, folder, places, navigation, markup, raw_html,
searched, plugins.
"""
