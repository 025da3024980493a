"""Mistakes of fingers, made deterministically from the names of commands."""

ARGUMENTS = ("", " Broken mouse", " the customer is angry\nHello Marie")
# Wrong first characters: by keyboard layout, and of input methods.
WRONG = ":;!?.,7-\\|&§('\"=67_；：！。、"
# What stands unseen in front of a slash.
UNSEEN = (" ", "\t", "\n", "\u00a0", "\u200b", "\u200e", "\u00ad", "\u3164", "\ufe0f ")
BEFORE_SLASH = '.:>("§-'


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
        slips += [f"{wrong}{name}{ARGUMENTS[1]}" for wrong in WRONG]
        slips += [f"{unseen}/{name}" for unseen in UNSEEN]
        slips += [f"{sign}/{name}" for sign in BEFORE_SLASH]
        slips += [f"/ {name}", f"／{name}{ARGUMENTS[1]}"]
    return slips
