"""The views of this programme: what everybody reads, and the desk."""
