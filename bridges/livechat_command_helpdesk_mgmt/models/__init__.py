from . import discuss_channel
from . import discuss_command
from . import helpdesk_ticket
from . import helpdesk_ticket_team
