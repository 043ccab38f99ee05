"""Builds a notice and its page from a few words, as an extractor would hand them over."""

from sousveil.model import Evidence, Field, Notice, Page, Section

SHA = "0" * 64


def field(value: str, start: int = 0) -> Field[str]:
    evidence = Evidence(SHA, 1, start, start + len(value), value, "test/1")
    return Field(value, value, evidence)


def notice(
    title: str,
    purpose: str = "",
    *,
    body: str = "",
    boilerplate: str = "",
    buyer: str | None = None,
    country: str | None = None,
    obtained: str = "plain",
) -> tuple[Notice, dict[int, Page]]:
    parts = (("title", title), ("purpose", purpose), ("body", body), ("boilerplate", boilerplate))
    text = ""
    sections = []
    for role, part in parts:
        if part:
            sections.append(Section(role, 1, len(text), len(text) + len(part)))  # type: ignore[arg-type]
            text += part + "\n"
    page = Page(SHA, 1, text, obtained, "text/plain")  # type: ignore[arg-type]
    made = Notice(
        "n" * 32,
        SHA,
        1,
        (1,),
        None,
        "test",
        "tender",
        title=field(title),
        buyer=field(buyer) if buyer else None,
        country=country,
        sections=tuple(sections),
    )
    return made, {1: page}
