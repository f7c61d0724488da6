"""What a script says, and nothing else, when it is given what it cannot make an encoder of."""


class Refusal(Exception):
    """What was expected, what was found, where, and what to do."""
