"""What becomes of a site's files on their way to readers: what a page may do, what goes out, and when all is shown.

Knows no generator.
"""
