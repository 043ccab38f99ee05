"""What people call the formats of files, for tables that they read."""

_OFFICE = "application/vnd.openxmlformats-officedocument."
_NAMES = {
    "application/json": "JSON",
    "application/x-ndjson": "JSON Lines",
    "application/vnd.eforms+xml": "eForms notice (XML)",
    "application/vnd.ted+xml": "TED notice (XML)",
    "application/xml": "other XML",
    "application/pdf": "PDF",
    "text/plain": "plain text",
    "text/markdown": "Markdown",
    "text/html": "web page (HTML)",
    "text/csv": "table (CSV)",
    "text/tab-separated-values": "table (TSV)",
    _OFFICE + "spreadsheetml.sheet": "spreadsheet (XLSX)",
    _OFFICE + "wordprocessingml.document": "Word document (DOCX)",
    _OFFICE + "presentationml.presentation": "slides (PPTX)",
    "application/vnd.ms-excel": "spreadsheet (XLS)",
    "application/msword": "Word document (DOC)",
    "application/vnd.oasis.opendocument.text": "OpenDocument text (ODT)",
    "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument spreadsheet (ODS)",
    "application/rtf": "RTF document",
    "application/zip": "ZIP archive",
    "application/x-tar": "tar archive",
    "application/x-7z-compressed": "7z archive",
    "application/vnd.rar": "RAR archive",
    "application/gzip": "gzip archive",
    "application/warc": "web capture (WARC)",
    "message/rfc822": "e-mail",
    "application/vnd.ms-outlook": "Outlook mail (MSG)",
    "image/png": "image (PNG)",
    "image/jpeg": "image (JPEG)",
    "image/tiff": "image (TIFF)",
    "image/gif": "image (GIF)",
    "application/octet-stream": "unknown",
}


def media_name(media_type: str) -> str:
    """The name of a media type (RFC 6838); the type itself where people have no other."""
    return _NAMES.get(media_type, media_type)
