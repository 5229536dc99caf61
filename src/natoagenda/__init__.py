"""Terminal explorer for Dutch annotated agendas (geannoteerde agenda's)."""

__version__ = "0.1.0"
