from . import discuss_command
from . import ir_http
from . import mail_canned_response_placeholder
