"""One example of each page of the demonstration; they answer only where it is on."""

EXAMPLES = {
    "demo:demo": lambda _given: (None, {}),
    "demo:letters": lambda _given: (None, {}),
}
