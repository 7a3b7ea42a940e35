"""What boards ask and decide, what is answered, and what they were told before."""
