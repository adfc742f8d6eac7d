"""The pages and files that the site adds to the author's: home, review, wanted notes, tags, the guide, and the feed."""
