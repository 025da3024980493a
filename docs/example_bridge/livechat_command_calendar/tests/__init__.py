from . import test_callback
