"""The data team's page."""
