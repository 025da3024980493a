from . import test_canned_response_placeholder
from . import test_lead
