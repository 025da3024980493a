from . import test_controllers
from . import test_discuss_channel
from . import test_run_command
from . import test_transcript
