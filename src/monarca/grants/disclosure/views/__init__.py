"""The doors to public records: the desk's list, one file's record, the public, the machines."""
