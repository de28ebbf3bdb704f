import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: [".venv/", "node_modules/", "artifacts/"] },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: "error",
      "no-implicit-globals": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
  {
    files: ["conflictmap/webmap/web/*.js"],
    languageOptions: { globals: { ...globals.browser, L: "readonly" } },
    rules: {
      // Text of articles and gazetteers is never markup or code.
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML", "srcdoc", "bindPopup", "bindTooltip"].map((property) => ({ property })),
        { object: "document", property: "write" },
      ],
    },
  },
  { files: ["conflictmap/webmap/web/loader.js"], languageOptions: { sourceType: "script" } },
  { files: ["tests/**/*.js", "*.config.js"], languageOptions: { globals: globals.node } },
];
