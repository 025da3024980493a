"""What the addons add to the bundles that browsers load."""

import gzip
from unittest.mock import patch

OURS = "livechat_command"
LIMIT = 32_000
AGENT_BUNDLES = ("web.assets_web",)
VISITOR_BUNDLES = (
    "web.assets_frontend",
    "web.assets_frontend_lazy",
    "im_livechat.assets_embed_external",
)


def run(env, report):
    with_ours, without = _measure(env, AGENT_BUNDLES, _get_compressed_size)
    added = (with_ours - without) / 1000
    report.add(
        "page weight: what agents load, compressed",
        with_ours / 1000,
        without / 1000,
        "kB",
        added,
        f"<= {LIMIT / 1000:g} kB more",
        added <= LIMIT / 1000,
    )
    # Not compressed: one addon more may change the order of Odoo's own files.
    with_ours, without = _measure(env, VISITOR_BUNDLES, len)
    report.add(
        "page weight: what visitors load",
        with_ours / 1000,
        without / 1000,
        "kB",
        (with_ours - without) / 1000,
        "0 kB more",
        with_ours == without,
    )


def _measure(env, bundles, get_size):
    """Return the bytes of ``bundles`` with our addons and without them."""
    names = env["ir.asset"]._get_active_addons_list()
    others = [name for name in names if not name.startswith(OURS)]
    return [_get_weight(env, bundles, each, get_size) for each in (names, others)]


def _get_weight(env, bundles, addons, get_size):
    assets = env.registry["ir.asset"]
    env.registry.clear_cache("assets")
    with patch.object(assets, "_get_active_addons_list", lambda *_args, **_kw: addons):
        made = [env["ir.qweb"]._get_asset_bundle(name) for name in bundles]
        parts = [part for bundle in made for part in (bundle.js(), bundle.css())]
    env.registry.clear_cache("assets")
    return sum(get_size(part.raw) for part in parts if part)


def _get_compressed_size(content):
    """Return the size as the web server in front of Odoo sends it."""
    return len(gzip.compress(content, 6))
