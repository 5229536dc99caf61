"""From a letter to its parts: one module a source format, each giving the same `Source`."""
