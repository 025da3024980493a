from . import test_canned_response_placeholder
from . import test_helpdesk
from . import test_helpdesk_access
from . import test_helpdesk_portal
from . import test_helpdesk_search
from . import test_helpdesk_tokens
from . import test_helpdesk_undo
