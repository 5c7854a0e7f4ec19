"""One example of each public page of a call."""

EXAMPLES = {
    "calls:list": lambda _world: (None, {}),
    "calls:detail": lambda world: (None, {"code": world.call.code}),
    "calls:questions": lambda world: (None, {"code": world.call.code}),
    "calls:paper": lambda world: (None, {"code": world.call.code}),
}
