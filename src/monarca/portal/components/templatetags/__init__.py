"""Tag library `ui`, in five modules by what a part is for."""
