from . import discuss_command
from . import mail_canned_response_placeholder
