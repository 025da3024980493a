from . import test_likeness
from . import test_word_search
from . import test_word_search_pending
from . import test_word_search_similar
from . import test_word_search_suggest
from . import test_word_search_times
from . import test_words
