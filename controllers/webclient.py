from odoo.http import request

from odoo.addons.mail.controllers.webclient import WebclientController
from odoo.addons.mail.tools.discuss import Store


class CommandWebclientController(WebclientController):
    @classmethod
    def _process_request_for_internal_user(cls, store: Store, name, params):
        result = super()._process_request_for_internal_user(store, name, params)
        params = params if isinstance(params, dict) else {}
        if name == "livechat_command":
            cls._add_commands(store, params)
        if name == "livechat_command/canned_responses":
            store.resolve_data_request(
                **request.env["mail.canned.response"]._get_picker_data(
                    params.get("channel_id"), params.get("term") or ""
                )
            )
        if name == "livechat_command/tokens":
            names = ("channel_id", "command_id", "sign", "term")
            store.resolve_data_request(
                **request.env["discuss.command"]._get_token_data(
                    *(params.get(name) for name in names)
                )
            )
        if name == "livechat_command/alike":
            names = ("channel_id", "command_id", "title")
            store.resolve_data_request(
                **request.env["discuss.command"]._get_alike_data(
                    *(params.get(name) for name in names)
                )
            )
        return result

    @classmethod
    def _add_commands(cls, store: Store, params):
        """Add what the composer of a conversation needs to know of commands."""
        Command = request.env["discuss.command"]
        is_single_colon = request.env["res.config.settings"]._is_single_colon()
        store.add_global_values(
            livechat_command={
                "names": sorted(Command._get_all_names()),
                "is_single_colon": is_single_colon,
            }
        )
        channel = request.env["discuss.channel"].browse([params.get("channel_id")])
        channel = channel._get_requested()
        if not channel or not channel.has_access("read"):
            return
        store.add(channel, channel._get_command_store_fields())
        if params.get("with_answers"):
            answers = request.env["discuss.command.run"]._get_kept_answers(channel)
            store.add(channel, {"livechat_command_answers": answers})
