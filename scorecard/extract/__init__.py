"""What we were sent: a file becomes observations and findings. Nothing is stored here."""
