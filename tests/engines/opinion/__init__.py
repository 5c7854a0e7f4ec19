"""What people think, statement by statement, and in groups only where groups hold."""
