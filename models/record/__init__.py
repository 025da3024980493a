from . import discuss_channel_panel
from . import discuss_channel_title
from . import livechat_origin_mixin
from . import livechat_origin_mixin_add
from . import livechat_origin_mixin_find
