"""Lists as workbooks: what the screen shows, masked as there, each export journalled."""
