from . import test_words
