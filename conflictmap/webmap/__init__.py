"""The map: answers about the corpus as a folium map with a script of its own. Only this room knows folium.

layer      the base map, the places as JSON, the command that changes what is shown
routes     the app's own addresses: modules, base map, Leaflet, places
web/       the browser's modules and style; main.js says the way of the data there
basemap/   land, borders, rivers, and the script that made them
"""

from conflictmap.webmap import layer
from conflictmap.webmap.layer import BASE_BOX
from conflictmap.webmap.routes import ROUTES

__all__ = ["BASE_BOX", "ROUTES", "layer"]
