"""Every finding's code, with what it says and what to do."""
