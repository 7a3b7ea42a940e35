"""What a chart shows and says, before anything is drawn."""
