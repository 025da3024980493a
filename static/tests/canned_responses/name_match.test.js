import { MATCH, matchName } from "@livechat_command/core/web/suggestion/name_match";
import { fold } from "@livechat_command/core/web/command/syntax";
import { RANKING_CASES } from "@livechat_command/../tests/canned_responses/name_match_cases";

import { describe, expect, test } from "@odoo/hoot";

describe.current.tags("headless");

test("shortcuts rank as on the server", () => {
    for (const { term, ranks } of RANKING_CASES) {
        for (const [shortcut, rank] of Object.entries(ranks)) {
            const match = matchName(fold(shortcut), fold(term));
            const found = match === MATCH.NONE ? 4 : match;
            expect(`${term} ${shortcut} ${found}`).toBe(`${term} ${shortcut} ${rank}`);
        }
    }
});
