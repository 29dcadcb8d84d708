"""Pure: values in, bytes out (PDF, PowerPoint, pictures, Excel, CSV)."""
