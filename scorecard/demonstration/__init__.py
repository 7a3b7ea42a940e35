"""An invented history, labelled as such."""
