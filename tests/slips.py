"""Mistakes of fingers, made deterministically from the names of commands."""

ARGUMENTS = ("", " Broken mouse", " the customer is angry\nHello Marie")


def generate_slips(names):
    """Return texts that must not reach a visitor, at least 15 for each name."""
    slips = []
    for name in names:
        words = {
            name[:-1],  # the last letter is missing
            name[1:],  # the first one
            name[:1] + name[2:],  # the second one
            name[:2] + name[1:],  # one typed twice
            name[1] + name[0] + name[2:],  # the first two swapped
            name + "s",
            name.upper() + "x",
            f"x{name}",
        }
        slips += [
            f"/{word}{argument}" for word in sorted(words) for argument in ARGUMENTS
        ]
        slips += [f"{wrong}{name}{ARGUMENTS[1]}" for wrong in ":;!?.,7-\\|&"]
        slips += [f"{blank}/{name}" for blank in (" ", "\t", "\n", "\u00a0")]
        slips.append(f"/ {name}")
    return slips
