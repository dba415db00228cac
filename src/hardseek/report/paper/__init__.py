"""What goes into a paper: tables as Markdown, LaTeX and CSV, figures as SVG and PNG."""

from hardseek.report.paper.figures import Drawing, NoRenderer, figures, raster, write_figures
from hardseek.report.paper.tables import write_tables

__all__ = ["Drawing", "NoRenderer", "figures", "raster", "write_figures", "write_tables"]
