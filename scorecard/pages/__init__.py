"""Streamlit pages: ask a use case, draw, hand back what the person did."""
