"""What we knew, and when: observations, extracts, catalogues, snapshots, acts. SQL lives only here."""
