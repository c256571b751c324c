"""Renderers: a page on a terminal, as Markdown and as HTML. Only they know what it looks like, and only they escape."""
