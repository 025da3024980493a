from . import discuss_command

# Before what extends it: of two classes the later one is asked first.
from . import discuss_command_refusal
from . import discuss_command_kind
from . import discuss_command_audience
from . import discuss_command_definition
from . import discuss_command_names
from . import discuss_command_owner
from . import discuss_command_reply
from . import discuss_command_run
from . import discuss_command_run_answer
from . import discuss_command_run_words
from . import discuss_command_run_kept
from . import discuss_command_target
from . import discuss_command_token_names
from . import discuss_command_tokens
from . import discuss_command_value
from . import discuss_command_value_form
from . import kind_action
from . import kind_builtin
from . import kind_conversation
from . import kind_create
from . import kind_create_form
from . import kind_create_tokens
from . import kind_lines
from . import kind_search
from . import mail_canned_response_reply
