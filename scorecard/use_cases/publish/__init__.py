"""Snapshots, approval and board packs."""
