"""The parts of every page: template tags, a form renderer and the page that shows them all."""
