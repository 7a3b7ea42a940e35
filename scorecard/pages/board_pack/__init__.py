"""The page on which packs are made, approved and handed out."""
