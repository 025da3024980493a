// One table for both sides: Python reads the JSON between the markers.
// prettier-ignore
export const PLACEHOLDER_CASES = /* JSON */ [
    { "text": "Hello", "rendered": "Hello" },
    { "text": "Hello {{visitor.first_name}}!", "rendered": "Hello Marie!" },
    { "text": "{{ visitor.first_name }}", "rendered": "Marie" },
    { "text": "{{visitor.first_name}} {{visitor.first_name}}", "rendered": "Marie Marie" },
    { "text": "Hello {{visitor.email|there}}!", "rendered": "Hello there!" },
    { "text": "Hello {{visitor.first_name|there}}!", "rendered": "Hello Marie!" },
    { "text": "Hello{{visitor.email|}}!", "rendered": "Hello!" },
    { "text": "Write to {{visitor.email}}.", "rendered": "Write to ⟦visitor's e-mail⟧." },
    { "text": "Order {{?order number}}?", "rendered": "Order ⟦order number⟧?" },
    { "text": "{{? order number }}", "rendered": "⟦order number⟧" },
    { "text": "{{?a}}{{?b}}", "rendered": "⟦a⟧⟦b⟧" },
    { "text": "{{?⟦a⟧}}", "rendered": "⟦a⟧" },
    { "text": "{{ticket.number}}", "rendered": "⟦ticket.number⟧" },
    { "text": "{{constructor}}", "rendered": "⟦constructor⟧" },
    { "text": "{{trap}}", "rendered": "{{?pin}} $& $1 <b>" },
    { "text": "{{{visitor.first_name}}}", "rendered": "{Marie}" },
    { "text": "{{visitor.first_name", "rendered": "{{visitor.first_name" },
    { "text": "{{a\nb}}", "rendered": "{{a\nb}}" },
    { "text": "{ {visitor.first_name} }", "rendered": "{ {visitor.first_name} }" },
    { "text": "/end", "rendered": " /end" },
    { "text": "{{visitor.email|/end}}", "rendered": " /end" },
    { "text": "<b>{{visitor.first_name}}</b>", "rendered": "<b>Marie</b>" },
    { "text": "", "rendered": "" }
]; /* JSON */

export const PLACEHOLDER_VALUES = {
    "visitor.first_name": "Marie",
    "visitor.email": "",
    trap: "{{?pin}} $& $1 <b>",
};

export const PLACEHOLDER_LABELS = { "visitor.email": "visitor's e-mail" };
