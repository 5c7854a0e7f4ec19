"""The doors to the register: for everybody, for owners and keepers, and for machines."""
