from . import discuss_channel
from . import discuss_command
