from . import discuss_command
