"""The fonts that packs are set in, shipped with the software."""

from importlib import resources

FONTS = resources.files(__name__)
