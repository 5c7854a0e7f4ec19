"""What is answered at each address of a Youth Lab."""
