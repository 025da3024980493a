from . import crm_lead
from . import crm_lead_search
from . import crm_lead_search_word
from . import discuss_channel
from . import discuss_command
from . import mail_canned_response_placeholder
