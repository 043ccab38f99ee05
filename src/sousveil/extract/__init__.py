"""From pages to notices with evidence; persons are masked first."""
