"""Serving the pages: who may ask, what is logged, and the way back after signing in."""
