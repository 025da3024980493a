from . import test_canned_response_placeholder
from . import test_lead
from . import test_lead_add
from . import test_lead_undo
