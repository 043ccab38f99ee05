"""What a notice buys: tags with scores, reasons and quoted words."""
