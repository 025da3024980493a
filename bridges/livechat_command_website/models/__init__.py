from . import discuss_command
from . import ir_http
