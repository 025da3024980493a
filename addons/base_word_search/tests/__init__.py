from . import test_word_search
from . import test_word_search_pending
from . import test_words
