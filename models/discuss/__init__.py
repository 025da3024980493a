from . import discuss_channel
from . import discuss_channel_customer
from . import discuss_channel_files
from . import discuss_channel_followup
from . import discuss_channel_status
from . import discuss_channel_transcript
from . import discuss_channel_visitor
