"""The doors to consultations: everybody's, the people's own, the desk's."""
