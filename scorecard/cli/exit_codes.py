"""The exit codes, for scripts."""

DONE, REFUSED, WRONG_USAGE, WAITS_FOR_A_YES, COULD_NOT = range(5)
