"""Writes what Jinja2 makes of the dashboard's template beside it: `python -m tools.build_page`."""

from acmspec.renderers.dashboard.template import COMPILED, compiled

if __name__ == "__main__":
    COMPILED.write_text(compiled(), encoding="utf-8")
    print(f"wrote {COMPILED.name}")
