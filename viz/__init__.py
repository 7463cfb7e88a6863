"""Pages and networks: values of the graph in, escaped HTML text out."""
