from . import mail_canned_response
from . import mail_canned_response_insert
from . import mail_canned_response_picker
from . import mail_canned_response_placeholder
from . import mail_canned_response_tag
from . import mail_canned_response_text
from . import mail_canned_response_transfer
from . import mail_canned_response_use
