from . import test_canned_response_placeholder
