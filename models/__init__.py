from . import discuss_channel
from . import discuss_channel_followup
from . import discuss_command
from . import discuss_command_run
from . import res_partner
