from . import discuss_command
from . import helpdesk_ticket
from . import helpdesk_ticket_search
from . import helpdesk_ticket_search_word
from . import helpdesk_ticket_team
from . import mail_canned_response_placeholder
from . import res_config_settings
