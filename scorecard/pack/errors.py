"""What can go wrong with a pack, in words for the one who asked for it."""


class PackError(ValueError):
    """A pack can't be made. The message says why and what to do, in plain words."""
