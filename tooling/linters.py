"""The linters, one function each. Whatever one reports fails the run."""

import re
import shutil
import subprocess
from pathlib import Path

from . import addons, house_rules, node, odoo, python_packages
from .cache import CACHE, ROOT, checkout_id
from .process import python_variables

HERE = Path(__file__).parent
# Not an OCA repository; a README.md is what the repository's page shows; and each kind
# of command that admins define is a file of its own, as it is in a bridge.
PYLINT_RULES = (
    "--disable=all",
    "--enable=odoolint",
    "--disable=manifest-required-author,missing-readme,consider-merging-classes-inherited",
)
# A README.md is what the repository's page shows; the header is Odoo's own.
OCA_DISABLED = ("prefer-readme-rst", "xml-header-wrong")
# It empties what is the same word in both languages, as if nobody had translated it.
OCA_PO_DISABLED = ("po-pretty-format",)


class Linters:
    """The linters and the files they look at."""

    def __init__(self):
        self.programs = python_packages.lint_environment() / "bin"
        self.modules = node.packages() / "node_modules"
        self.python = addons.tracked_files("*.py")
        self.javascript = [
            path
            for path in addons.tracked_files("*.js", "*.mjs")
            if "lib" not in path.parts
        ]
        self.names = sorted(addons.ours().keys() | addons.examples().keys())
        self.tree = _addons_alone(self.names)

    def checks(self):
        """Return name and function of each check."""
        return {
            "ruff check": self.ruff_check,
            "ruff format": self.ruff_format,
            "pylint-odoo": self.pylint,
            "OCA's hooks for modules": self.oca_modules,
            "OCA's hooks for translations": self.oca_translations,
            "licences": self.licences,
            "house rules": self.house_rules,
            "eslint": self.eslint,
            "prettier": self.prettier,
        }

    # Python

    def ruff_check(self, *options):
        """Check Python; ``--fix`` mends what it can."""
        return self._ruff("check", "--no-cache", "--quiet", *options)

    def ruff_format(self, *options):
        """Check the format of Python; ``--quiet`` alone applies it."""
        return self._ruff("format", "--no-cache", *(options or ("--check", "--quiet")))

    def _ruff(self, *words):
        """Call ruff on all Python files."""
        config = ["--config", ROOT / "pyproject.toml"]
        return _call([self.programs / "ruff", *words, *config, *self.python])

    def pylint(self):
        """Check the addons by pylint-odoo's rules, and no others."""
        files = [path for path in _files(self.tree) if path.suffix == ".py"]
        words = [f"--rcfile={HERE / 'pylintrc'}", *PYLINT_RULES, *files]
        return self._in_tree(["pylint", *words])

    # Addons

    def oca_modules(self):
        """Check XML, CSV and manifests by OCA's hooks."""
        disabled = f"--disable={','.join(OCA_DISABLED)}"
        return self._in_tree(["oca-checks-odoo-module", disabled, *self.names])

    def oca_translations(self):
        """Check the catalogues by OCA's hooks."""
        files = [path for path in _files(self.tree) if path.suffix in {".po", ".pot"}]
        disabled = f"--disable={','.join(OCA_PO_DISABLED)}"
        return not files or self._in_tree(["oca-checks-po", disabled, *files])

    def licences(self):
        """Check that no addon depends on one of a stricter licence."""
        packages = python_packages.site_packages(python_packages.odoo_environment())
        upstream = odoo.upstream_addons(odoo.odoo_library(), packages)
        path = ",".join(map(str, [self.tree, *upstream]))
        selection = ["--odoo-series=19.0", "--select-include", ",".join(self.names)]
        words = [f"--addons-path={path}", "--no-addons-path-from-import-odoo"]
        words += [*selection, "check-licenses"]
        return self._in_tree(["manifestoo", *words])

    def house_rules(self):
        """Check what only this project asks for."""
        sources = [path for path in self.python if addons.owner(path)]
        findings = []
        for path in sources:
            findings += house_rules.unimported(path)
            if "tests" not in path.parts:
                findings += house_rules.unexplained_sudo(path)
                findings += house_rules.forgeable_sudo(path)
        return _report("\n".join(findings), 0)

    def _in_tree(self, words):
        """Call a program on the addons alone, its findings named as in the checkout."""
        program, *rest = words
        command = [self.programs / program, *rest]
        return _call(command, self.tree, python_variables(), self._named_as_in_checkout)

    def _named_as_in_checkout(self, text):
        """Return a linter's output with the paths that the developer knows."""
        tree = str(self.tree).lstrip("/")
        text = re.sub(rf"/?{re.escape(tree)}/", "", text)
        for name, folder in addons.folders(self.names).items():
            path = folder.relative_to(ROOT) / "x"
            text = re.sub(rf"^{name}/", str(path)[:-1], text, flags=re.MULTILINE)
        return text

    # JavaScript

    def eslint(self, *options):
        """Check JavaScript by Odoo's rules."""
        words = ["--max-warnings=0", "--no-warn-ignored", *options]
        words += ["--config", HERE / "eslint.config.mjs"]
        return self._node("eslint/bin/eslint.js", *words)

    def prettier(self, mode="--check"):
        """Check the format of JavaScript, or apply it with ``--write``."""
        words = ["--log-level=warn", "--config", HERE / "prettier.json", mode]
        return self._node("prettier/bin/prettier.cjs", *words)

    def _node(self, script, *words):
        """Call a program of Node.js on all JavaScript files."""
        variables = {**node.variables(), "LINT_MODULES": str(self.modules)}
        command = [node.node(), self.modules / script, *words, *self.javascript]
        return not self.javascript or _call(command, env=variables)


def _addons_alone(names):
    """Lay addons beside each other, without each other's files, and link them.

    The linters of addons take all that lies below a module for a part of it.
    """
    tree = CACHE / "lint" / checkout_id()
    shutil.rmtree(tree, ignore_errors=True)
    folders = addons.folders(names)
    for path in addons.tracked_files():
        name = addons.owner(path)
        if name in folders:
            copy = tree / name / path.relative_to(folders[name])
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    return tree


def _files(tree):
    """Return the files below a folder, named from there."""
    return sorted(path.relative_to(tree) for path in tree.rglob("*") if path.is_file())


def _call(command, cwd=ROOT, env=None, rename=str):
    """Run a linter; tell whether it had nothing to say."""
    result = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return _report(rename(result.stdout + result.stderr).strip(), result.returncode)


def _report(output, status):
    """Print a linter's findings; tell whether there were none."""
    if status or output:
        print(output or f"exit status {status}", flush=True)
    return not status and not output
