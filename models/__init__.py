from . import discuss_channel
from . import discuss_channel_followup
from . import discuss_channel_leave
from . import discuss_channel_transcript
from . import discuss_channel_visitor
from . import discuss_command
from . import discuss_command_run

# What administrators define: each file adds to the one before.
from . import discuss_command_definition
from . import discuss_command_model
from . import discuss_command_create
from . import discuss_command_value
from . import discuss_command_search
from . import discuss_command_action
from . import discuss_command_audience
from . import discuss_command_reply

from . import mail_canned_response
from . import mail_canned_response_placeholder
from . import mail_canned_response_tag
from . import mail_canned_response_text
from . import mail_canned_response_use

from . import res_groups
from . import res_partner
from . import res_users
