"""Who may do what: permissions, roles, the list that gives roles to people, and who somebody is."""
