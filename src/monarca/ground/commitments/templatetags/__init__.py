"""What other rooms' pages draw of the register."""
