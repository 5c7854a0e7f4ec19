"""What people type, and what pages show, of a Youth Lab."""
