"""The doors to divisions: the public's, the desk's, and the acts."""
