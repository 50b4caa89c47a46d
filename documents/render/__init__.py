"""From data to a PDF: templates, the shipped fonts and the engine. `documents.render.paper.render`
is the door.
"""
