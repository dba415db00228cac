"""The verdict as JUnit XML, which continuous integration shows: one test case a rule and place."""

from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from hardseek.analysis.gate.check import Check
from hardseek.language import clean


def junit(checks: Sequence[Check], suite: str) -> bytes:
    """Return the XML; rules that are broken or not known are failures, of that type.

    Args:
        checks: in order.
        suite: what the whole is called, such as the run's name.
    """
    failed = sum(each.verdict != "kept" for each in checks)
    counts = {"tests": str(len(checks)), "failures": str(failed), "errors": "0", "skipped": "0"}
    whole = Xml.Element("testsuites", counts)
    cases = Xml.SubElement(whole, "testsuite", {"name": _text(suite), **counts})
    for each in checks:
        case = Xml.SubElement(
            cases, "testcase", {"classname": _text(each.rule), "name": _text(each.place), "time": "0"}
        )
        if each.verdict != "kept":
            told = {"type": each.verdict, "message": _text(f"{told_of(each)}; allowed: {each.limit}")}
            Xml.SubElement(case, "failure", told).text = _text(each.why)
        else:
            Xml.SubElement(case, "system-out").text = _text(f"{told_of(each)}; allowed: {each.limit}")
    Xml.indent(whole)
    return bytes(Xml.tostring(whole, encoding="utf-8", xml_declaration=True)) + b"\n"


def told_of(check: Check) -> str:
    """Word the figure of a check with its interval."""
    if check.found is None:
        return "found nothing"
    interval = f" [{check.low:.4g}, {check.high:.4g}]" if check.low is not None and check.high is not None else ""
    return f"found {check.found:.4g}{interval}"


def _text(text: str) -> str:
    """Leave out what XML cannot hold, such as control characters in a name."""
    return "".join(sign for sign in clean(text) if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff"))
