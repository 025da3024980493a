"""Starts Odoo, as its own ``odoo-bin`` does, which Debian's package has elsewhere.

With workers Odoo starts this file once more, for the process that holds the websockets:
``python -m odoo`` it cannot start again. It lies in a folder of its own, which Python
looks for modules in: the tooling has one that is called ``odoo``.
"""

from odoo.cli.command import main

if __name__ == "__main__":
    main()
