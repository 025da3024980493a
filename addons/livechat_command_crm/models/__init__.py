from . import crm_lead
from . import discuss_channel
from . import discuss_command
from . import mail_canned_response_placeholder
