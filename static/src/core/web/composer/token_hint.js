import { readTokens } from "@livechat_command/core/web/command/tokens";
import { getKeys } from "@livechat_command/core/web/suggestion/token_rows";

import { _t } from "@web/core/l10n/translation";

/**
 * Read back what stands behind a title: *High · refund · Anna · then :promise*. What is not
 * understood is part of the title, and not here.
 *
 * @param {string} argument of the command
 * @param {string} signs that the command takes
 * @param {import("@livechat_command/core/web/suggestion/token_rows").TokenNames} names known
 * @returns {string[]}
 */
export function readBack(argument, signs, names) {
    const find = ({ sign, word }) => names[sign]?.find((named) => getKeys(named).includes(word));
    const { tokens } = readTokens(argument, (token) => Boolean(find(token)), signs);
    return tokens.map((token) => {
        const { sign, word } = token;
        if (sign === ":") {
            return _t("then :%(response)s", { response: word });
        }
        return sign === "!" ? (find(token)?.name ?? word) : find(token).name;
    });
}
