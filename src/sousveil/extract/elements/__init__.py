"""What extractors of XML notices share: paths to elements, typed values with evidence, mappings."""
