// One table for both sides: Python reads the JSON between the markers. How well each shortcut
// matches a term: 0 equal, 1 begins, 2 a word of it begins, 3 contains, 4 does not.
// prettier-ignore
export const RANKING_CASES = /* JSON */ [
    {"term": "refund", "ranks": {"refund": 0, "Refund": 0, "refund-late": 1, "refunds": 1, "no refund": 2, "no-refund": 2, "unrefunded": 3, "money": 4}},
    {"term": "Réfund", "ranks": {"refund": 0, "réfunds": 1, "un-refund": 2}},
    {"term": "b c", "ranks": {"b c": 0, "b cd": 1, "a b c": 2, "ab c": 3}},
    {"term": "2", "ranks": {"2": 0, "2nd": 1, "v 2": 2, "v.2": 2, "12": 3}},
    {"term": "été", "ranks": {"ete": 0, "été 2": 1, "cet été": 2, "cetete": 3}},
    {"term": "a%", "ranks": {"a%": 0, "a%b": 1, "b a%": 2, "ba%": 3, "ab": 4}},
    {"term": "x_y", "ranks": {"x_y": 0, "x_yz": 1, "ax_y": 3, "xzy": 4}},
    {"term": "мир", "ranks": {"мир": 0, "мира": 1, "на мир": 2, "эмир": 3}},
    {"term": "-late", "ranks": {"-late": 0, "refund-late": 3}}
]; /* JSON */
