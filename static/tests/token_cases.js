/**
 * How the tokens of an argument are read: one table for both sides, `tokens.js` and
 * `tools/tokens.py`. What stands between the brackets of each constant is plain JSON:
 * `tests/test_tokens.py` reads it too.
 */
// What exists, as it is typed.
// prettier-ignore
export const KNOWN = [
    ["#", ["refund", "urgent-order", "c"]],
    ["@", ["anna", "anna-smith", "jurgen"]],
    [":", ["promise", "return-label"]]
];

// prettier-ignore
export const TOKEN_CASES = [
    {"argument": "Broken screen", "title": "Broken screen", "tokens": []},
    {"argument": "Broken screen !!", "title": "Broken screen", "tokens": ["!!"]},
    {"argument": "Broken screen !! #refund @anna :promise", "title": "Broken screen", "tokens": ["!!", "#refund", "@anna", ":promise"]},
    {"argument": "Broken screen :promise @anna #refund !!", "title": "Broken screen", "tokens": [":promise", "@anna", "#refund", "!!"]},
    {"argument": "Broken screen #Refund", "title": "Broken screen", "tokens": ["#refund"]},
    {"argument": "Broken screen #REF\u00dcND", "title": "Broken screen", "tokens": ["#refund"]},
    {"argument": "Broken screen #refund.", "title": "Broken screen #refund.", "tokens": []},
    {"argument": "Broken #refund screen", "title": "Broken #refund screen", "tokens": []},
    {"argument": "Broken screen #nothing", "title": "Broken screen #nothing", "tokens": []},
    {"argument": "Broken screen #nothing #refund", "title": "Broken screen #nothing", "tokens": ["#refund"]},
    {"argument": "Broken screen #refund #nothing", "title": "Broken screen #refund #nothing", "tokens": []},
    {"argument": "Broken screen !!!!", "title": "Broken screen !!!!", "tokens": []},
    {"argument": "Broken screen !", "title": "Broken screen !", "tokens": []},
    {"argument": "Broken screen ! #refund", "title": "Broken screen", "tokens": ["!", "#refund"]},
    {"argument": "Au secours !", "title": "Au secours !", "tokens": []},
    {"argument": "Au secours !!", "title": "Au secours", "tokens": ["!!"]},
    {"argument": "\u00c9cran cass\u00e9 !!!", "title": "\u00c9cran cass\u00e9", "tokens": ["!!!"]},
    {"argument": "Help!", "title": "Help!", "tokens": []},
    {"argument": "#refund", "title": "", "tokens": ["#refund"]},
    {"argument": "!! #refund", "title": "", "tokens": ["!!", "#refund"]},
    {"argument": "!", "title": "!", "tokens": []},
    {"argument": "!!", "title": "", "tokens": ["!!"]},
    {"argument": "", "title": "", "tokens": []},
    {"argument": "   ", "title": "", "tokens": []},
    {"argument": "#", "title": "#", "tokens": []},
    {"argument": "@", "title": "@", "tokens": []},
    {"argument": "C# compiler", "title": "C# compiler", "tokens": []},
    {"argument": "Learn C#", "title": "Learn C#", "tokens": []},
    {"argument": "Learn #c", "title": "Learn", "tokens": ["#c"]},
    {"argument": "Meet at 5:30", "title": "Meet at 5:30", "tokens": []},
    {"argument": "Meet at :30", "title": "Meet at :30", "tokens": []},
    {"argument": "Ok :)", "title": "Ok :)", "tokens": []},
    {"argument": "Price #1", "title": "Price #1", "tokens": []},
    {"argument": "Version 2.0 !important", "title": "Version 2.0 !important", "tokens": []},
    {"argument": "Write to anna@example.com", "title": "Write to anna@example.com", "tokens": []},
    {"argument": "Ask @home", "title": "Ask @home", "tokens": []},
    {"argument": "Ask @anna-smith", "title": "Ask", "tokens": ["@anna-smith"]},
    {"argument": "Ask @Anna_Smith", "title": "Ask", "tokens": ["@anna-smith"]},
    {"argument": "Ask @j\u00fcrgen", "title": "Ask", "tokens": ["@jurgen"]},
    {"argument": "Ask @J\u00dcRGEN !!", "title": "Ask", "tokens": ["@jurgen", "!!"]},
    {"argument": "Send :return-label", "title": "Send", "tokens": [":return-label"]},
    {"argument": "Send :Return-Label", "title": "Send", "tokens": [":return-label"]},
    {"argument": "Send :return", "title": "Send :return", "tokens": []},
    {"argument": "Keep \\#refund", "title": "Keep #refund", "tokens": []},
    {"argument": "Keep \\#refund #refund", "title": "Keep #refund", "tokens": ["#refund"]},
    {"argument": "Keep \\!!", "title": "Keep !!", "tokens": []},
    {"argument": "Keep \\! !!", "title": "Keep !", "tokens": ["!!"]},
    {"argument": "Keep \\@anna :promise", "title": "Keep @anna", "tokens": [":promise"]},
    {"argument": "Keep \\:promise", "title": "Keep :promise", "tokens": []},
    {"argument": "Keep \\\\#refund", "title": "Keep \\\\#refund", "tokens": []},
    {"argument": "Keep \\#", "title": "Keep \\#", "tokens": []},
    {"argument": "Keep \\nothing #refund", "title": "Keep \\nothing", "tokens": ["#refund"]},
    {"argument": "a #refund #refund", "title": "a", "tokens": ["#refund", "#refund"]},
    {"argument": "a !! !", "title": "a", "tokens": ["!!", "!"]},
    {"argument": "a #refund #refund #refund #refund #refund #refund #refund #refund ", "title": "a", "tokens": ["#refund", "#refund", "#refund", "#refund", "#refund", "#refund", "#refund", "#refund"]},
    {"argument": "a #refund #refund #refund #refund #refund #refund #refund #refund #refund ", "title": "a", "tokens": ["#refund", "#refund", "#refund", "#refund", "#refund", "#refund", "#refund", "#refund", "#refund"]},
    {"argument": "a #refund #refund #refund #refund #refund #refund #refund #refund #refund #refund #refund #refund ", "title": "a #refund #refund #refund", "tokens": ["#refund", "#refund", "#refund", "#refund", "#refund", "#refund", "#refund", "#refund", "#refund"]},
    {"argument": "a\u00a0#refund", "title": "a", "tokens": ["#refund"]},
    {"argument": "a\u3000@anna", "title": "a", "tokens": ["@anna"]},
    {"argument": "a\ufeff#refund", "title": "a\ufeff#refund", "tokens": []},
    {"argument": "a\t!!  #refund  ", "title": "a", "tokens": ["!!", "#refund"]},
    {"argument": "a#refund", "title": "a#refund", "tokens": []},
    {"argument": "a !!#refund", "title": "a !!#refund", "tokens": []},
    {"argument": "a #refund!!", "title": "a #refund!!", "tokens": []},
    {"argument": "\u202e #refund", "title": "\u202e", "tokens": ["#refund"]},
    {"argument": "\ud83d\udc4d #refund", "title": "\ud83d\udc4d", "tokens": ["#refund"]},
    {"argument": "#refund \ud83d\udc4d", "title": "#refund \ud83d\udc4d", "tokens": []},
    {"argument": "<b>x</b> #refund", "title": "<b>x</b>", "tokens": ["#refund"]},
    {"argument": "a \uff03refund", "title": "a \uff03refund", "tokens": []},
    {"argument": "a !\uff01", "title": "a !\uff01", "tokens": []},
    {"argument": "a :promise :return-label", "title": "a", "tokens": [":promise", ":return-label"]},
    {"argument": "Problem with #refund!!", "title": "Problem with #refund!!", "tokens": []},
    {"argument": "Smile :) :)", "title": "Smile :) :)", "tokens": []},
    {"argument": "Ask @anna, please", "title": "Ask @anna, please", "tokens": []},
    {"argument": "Ask @anna.", "title": "Ask @anna.", "tokens": []}
];

// What lines are made of, see `generateLines` of both tests.
// prettier-ignore
export const PIECES = ["Broken", "screen", "!", "!!", "!!!", "!!!!", "#refund", "#Refund", "#none", "@anna", "@Anna_Smith", "@home", ":promise", ":)", ":return-label", "\\#refund", "\\!!", "\\@", "C#", "5:30", " ", "\u00a0", "a@b.c", "#", "@", ":", "#urgent-order", "\u00e9", "\ud83d\udc4d", "x"];

// The digest of what both sides read in 2,000 generated lines.
// prettier-ignore
export const DIGEST = [1691874005];
