"""The formats Sousveil can name, and for those it cannot read yet, what a person can do."""

import msgspec

_LATER = "A later version reads it; until then, export it as PDF, HTML or text and add that."
_OCR = "Save it as PNG or PDF and add that."

OFFICE = "application/vnd.openxmlformats-officedocument."
"""What the media types of Office Open XML begin with (ECMA-376)."""


class Format(msgspec.Struct, frozen=True):
    """A format's media type, its name for people, and the hint where it is not read."""

    media_type: str
    name: str
    hint: str = _LATER


_FORMATS = (
    Format("text/html", "HTML page", ""),
    Format("text/plain", "plain text", ""),
    Format("text/markdown", "Markdown text", ""),
    Format("application/yaml", "YAML text", ""),
    Format("application/pdf", "PDF document", ""),
    Format("application/json", "JSON document", ""),
    Format("application/x-ndjson", "JSON Lines document", ""),
    Format("application/gzip", "gzip file", ""),
    Format("text/csv", "CSV table", ""),
    Format("text/tab-separated-values", "tab-separated table", ""),
    Format("application/x-encrypted-office", "office file under a password", ""),
    Format("application/xml", "XML document", ""),
    Format("application/vnd.eforms+xml", "eForms (TED) notice in XML", ""),
    Format("application/vnd.ted+xml", "TED notice in XML", ""),
    Format(
        "application/vnd.ms-excel+xml", "Excel 2003 workbook in XML", "Open it, save it as XLSX."
    ),
    Format("application/vnd.ms-word+xml", "Word 2003 file in XML", "Open it, save it as DOCX."),
    Format("image/svg+xml", "SVG drawing", _OCR),
    Format("application/zip", "ZIP archive", ""),
    Format("application/x-tar", "tar archive", ""),
    Format("application/x-7z-compressed", "7z archive", ""),
    Format("application/vnd.rar", "RAR archive", ""),
    Format("application/x-bzip2", "bzip2 file", ""),
    Format("application/x-xz", "xz file", ""),
    Format("application/zstd", "Zstandard file", ""),
    Format(OFFICE + "wordprocessingml.document", "Word file", ""),
    Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel workbook", ""
    ),
    Format(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation", "slides", ""
    ),
    Format("application/vnd.oasis.opendocument.text", "OpenDocument text", ""),
    Format("application/vnd.oasis.opendocument.spreadsheet", "OpenDocument spreadsheet", ""),
    Format("application/epub+zip", "EPUB book"),
    Format("application/ofd", "OFD document (the Chinese page format)"),
    Format("application/msword", "Word 97–2003 file", ""),
    Format("application/vnd.ms-excel", "Excel 97–2003 workbook", ""),
    Format("application/vnd.ms-powerpoint", "PowerPoint 97–2003 slides"),
    Format("application/vnd.ms-outlook", "Outlook mail", ""),
    Format(
        "application/vnd.ms-tnef",
        "Outlook's bundle of attachments (winmail.dat)",
        "Open the mail in Outlook, save what is attached and add that.",
    ),
    Format("application/x-ole-storage", "Microsoft compound file"),
    Format("application/vnd.ms-works", "WPS or Works file"),
    Format("application/rtf", "RTF document", ""),
    Format("message/rfc822", "mail or MHTML page", ""),
    Format("application/warc", "WARC web archive", ""),
    Format("image/png", "PNG image", ""),
    Format("image/jpeg", "JPEG image", ""),
    Format("image/gif", "GIF image", ""),
    Format("image/tiff", "TIFF image", ""),
    Format("image/bmp", "BMP image", ""),
    Format("image/webp", "WebP image", ""),
    Format("image/vnd.djvu", "DjVu scan", _OCR),
    Format("application/postscript", "PostScript document"),
    Format("application/vnd.sqlite3", "SQLite database", "Export its tables as JSON Lines."),
    Format("application/vnd.apache.parquet", "Parquet table", "Export it as JSON Lines."),
    Format("application/x-executable", "program", "Programs are never read or run."),
    Format("application/octet-stream", "file of an unknown format", "Check what wrote it."),
)

FORMATS: dict[str, Format] = {entry.media_type: entry for entry in _FORMATS}
"""Formats by media type: every type that ``media_type`` can give is a key."""


def format_of(media_type: str) -> Format:
    """The format for a media type; the unknown format for a type that is not listed."""
    return FORMATS.get(media_type, FORMATS["application/octet-stream"])
