from . import thread
from . import webclient
