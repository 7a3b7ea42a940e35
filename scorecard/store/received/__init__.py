"""What was received: extracts, editions of published files, the tables read of them, and what was taken back."""
