"""What people type about a consultation, and what its pages show."""
