from . import word_search_index
from . import word_search_rights
from . import word_search_ways
from . import word_search_find
from . import word_search_word
from . import word_search_mixin
from . import word_search_pending
from . import res_partner
