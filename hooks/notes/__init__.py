"""Stage 1: the author's notes, read and never written, become CommonMark for any generator."""
