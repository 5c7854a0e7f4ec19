"""What is asked about commitments, and what is shown of them."""
