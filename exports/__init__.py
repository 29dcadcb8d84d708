"""Pure: values in, bytes out (Excel, CSV)."""
