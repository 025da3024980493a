from . import canned_response
from . import thread
from . import webclient
