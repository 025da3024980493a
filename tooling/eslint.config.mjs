// Odoo's own rules (web/tooling/_eslintrc.json and test_lint's eslintrc) for ESLint's
// present configuration format, and a few that keep patches small. Errors only.
import { createRequire } from "node:module";

// The packages lie in the cache folder: the tooling says where.
const require = createRequire(`${process.env.LINT_MODULES}/`);
const js = require("@eslint/js");
const globals = require("globals");

const RESTRICTED_SYNTAX = [
    "PrivateIdentifier",
    {
        selector:
            "ClassDeclaration[superClass.name='Component']" +
            ":not(:has(ClassBody.body > PropertyDefinition[key.name='props'][static='true']))",
        message: "Component should declare static props",
    },
    {
        selector:
            "ClassDeclaration[superClass.name='Component']" +
            ":not(:has(ClassBody.body > PropertyDefinition[key.name='template'][static='true']))",
        message: "Component should declare static template",
    },
    {
        selector: "CallExpression[callee.name='_t'] > :first-child[value=/(.*%s){2,}/]",
        message: "Name the placeholders of a sentence that has several",
    },
    {
        selector: "CallExpression[callee.name='_t'] > TemplateLiteral:first-child",
        message: "A term is a plain string, or it is not found for translation",
    },
    {
        selector:
            "AssignmentExpression > MemberExpression.left[property.name=/^(components|props)$/]",
        message: "Patch a component's statics with patch(), never assign them",
    },
    {
        selector:
            "CallExpression[callee.property.name='push'] > MemberExpression.callee" +
            " > MemberExpression.object[property.name='props']",
        message: "Never push into a component's props",
    },
];

export default [
    js.configs.recommended,
    {
        files: ["**/*.js", "**/*.mjs"],
        linterOptions: { reportUnusedDisableDirectives: "error" },
        languageOptions: {
            ecmaVersion: 2022,
            sourceType: "module",
            globals: { ...globals.browser, ...globals.es2022, luxon: "readonly", odoo: "readonly" },
        },
        rules: {
            "arrow-body-style": ["error", "as-needed"],
            curly: ["error", "all"],
            eqeqeq: "error",
            "no-constant-binary-expression": "error",
            "no-duplicate-imports": "error",
            "no-restricted-globals": ["error", "event", "self"],
            "no-restricted-syntax": ["error", ...RESTRICTED_SYNTAX],
            "no-unused-vars": [
                "error",
                { vars: "all", args: "none", ignoreRestSiblings: false, caughtErrors: "all" },
            ],
            "prefer-const": ["error", { destructuring: "all", ignoreReadBeforeAssign: true }],
        },
    },
    {
        files: ["**/static/src/**/*.js"],
        rules: { "max-lines": ["error", 250] },
    },
    {
        files: ["tooling/**/*.mjs"],
        languageOptions: { globals: globals.node },
    },
];
