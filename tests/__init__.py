from . import test_controllers
from . import test_discuss_channel
from . import test_discuss_channel_followup
from . import test_run_command
from . import test_syntax
from . import test_transcript
from . import test_canned_response
from . import test_canned_response_placeholders
