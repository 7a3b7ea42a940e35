"""What others published: a statistical file, of all authorities → figures and findings. Nothing is stored here."""
