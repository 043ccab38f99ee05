"""Drawing: no word of a document ends the process that draws it."""

import subprocess
import sys

_DRAW = """
from sousveil.report import charts
for word in (
    "\\x01\\x08\\x1b[31m\\x7f", "\\ufffe\\uffff", "\\ud83d", "\\\\u0001 <script>&\\"' ]]>",
):
    bars = charts._chart([{"label": word, "value": 1}]).mark_bar().encode(y="label:N", x="value:Q")
    drawn = charts.svg(charts.captioned(bars, word, [word]), word)
    assert charts.png(drawn).startswith(b"\\x89PNG")
    bare = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text>%s</text></svg>"
    assert charts.png(bare % word[:2])
print("drawn")
"""


def test_what_xml_does_not_allow_is_drawn_as_a_sign() -> None:
    """In a process of its own: the library would end this one."""
    done = subprocess.run([sys.executable, "-c", _DRAW], capture_output=True, text=True)
    assert done.stdout == "drawn\n", done.stderr[-500:]
